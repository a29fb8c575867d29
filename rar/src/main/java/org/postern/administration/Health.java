package org.postern.administration;

import java.util.List;

/** The problems that an administrator should know of, shown by the bean {@code type=Gateway}. */
public interface Health {

    /** How bad a problem is. */
    enum Severity {
        /** Mail goes on, but somebody should look. */
        WARNING,
        /**
         * No mail is taken: the listener is closed and stays so until the adapter is started again. Only where nothing but a
         * usable server certificate is missing does it stay open, and mail is taken as far as the level allows it in clear.
         */
        ERROR
    }

    /**
     * Reports a problem, or replaces what was reported under the same key. It is logged once.
     *
     * @param key names the problem, so that it can be replaced and cleared
     * @param severity how bad it is
     * @param sentence a full sentence that says what is wrong and what to do
     */
    void report(String key, Severity severity, String sentence);

    /** Takes back what was reported under a key, if anything was. */
    void clear(String key);

    /** {@return the sentences, worst first} */
    List<String> problems();

    /** {@return the severity of the worst problem, {@code OK} for none; {@code STARTING} before mail can be taken} */
    String status();
}
