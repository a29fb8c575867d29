package org.postern.management;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postern.administration.Audit;

/**
 * Carries out operations for a person at a management console: what was done is written into the record of changes, and what
 * was refused is told by an exception that every console has the class of.
 *
 * @param audit the record
 */
record Operation(Audit audit) {

    private static final System.Logger LOG = System.getLogger(Operation.class.getName());

    /** What JConsole puts into each field of text; never a value that somebody meant. */
    private static final String PLACEHOLDER = "String";

    /** {@return what was done, in a sentence} */
    String run(Supplier<String> task) {
        String done = ask(task);
        audit.record(done);
        return done;
    }

    /** {@return an answer to a question that changes nothing} */
    String ask(Supplier<String> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + Attributes.UNCHANGED);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + Attributes.UNCHANGED);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "An operation failed.", e);
            throw new IllegalStateException("The operation failed; the log says more." + Attributes.UNCHANGED);
        }
    }

    /** Carries out what needs a password, and wipes it. */
    String withPassword(String password, Function<char[], String> task) {
        return run(() -> {
            char[] secret = optional("password", password).toCharArray();
            try {
                return task.apply(secret);
            } finally {
                Arrays.fill(secret, '\0');
            }
        });
    }

    /** {@return a text that must be given} */
    static String given(String name, String text) {
        String value = optional(name, text);
        if (value.isBlank()) {
            throw new IllegalArgumentException("The parameter " + name + " must not be empty.");
        }
        return value;
    }

    /** {@return a text that may be empty} */
    static String optional(String name, String text) {
        if (PLACEHOLDER.equals(text)) {
            throw new IllegalArgumentException("The parameter " + name
                    + " still has the text String that the console put there; fill it in, or empty it.");
        }
        return text == null ? "" : text;
    }
}
