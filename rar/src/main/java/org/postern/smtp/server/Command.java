package org.postern.smtp.server;

import org.postern.Reply;

/**
 * One SMTP command. Its syntax is judged first, on its own; whether it is allowed at this point of the session comes after that.
 */
@FunctionalInterface
interface Command {

    /**
     * Reads the argument.
     *
     * @param argument what follows the verb, without the space between
     * @return what is to be done
     * @throws SyntaxException if the argument is not right for this command
     */
    Action parse(String argument) throws SyntaxException;

    /** What a command does, once it is allowed. */
    @FunctionalInterface
    interface Action {

        /** Carries it out. {@return the reply} */
        Reply execute(Session session);
    }
}
