package org.postern.smtp.server;

import java.util.List;
import org.postern.Reply;

/** HELP (RFC 5321 section 4.1.1.8). */
final class Help implements Command {

    @Override
    public Action parse(String argument) throws SyntaxException {
        String wanted = argument.trim();
        if (wanted.isEmpty()) {
            return session -> new Reply(
                    214, "2.0.0", List.of("Commands: " + String.join(" ", Verbs.names()), "HELP verb tells more"));
        }
        Verb verb = Verbs.find(wanted)
                .orElseThrow(() -> new SyntaxException(504, "5.5.4", "There is no such command; HELP lists them"));
        return session -> new Reply(214, "2.0.0", "Syntax: " + verb.syntax());
    }
}
