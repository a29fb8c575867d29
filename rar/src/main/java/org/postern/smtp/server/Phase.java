package org.postern.smtp.server;

/**
 * What a session waits for. Transitions happen in {@link Session} only.
 *
 * <pre>
 *                 RCPT, application asked
 *   COMMAND --------------------------------> RECIPIENT_CHECK
 *    ^ ^ ^ <--------------------------------------'   answered
 *    | | |
 *    | | |  DATA, 354          final dot
 *    | | '------------> CONTENT -----------> DELIVERY
 *    | |                  | refused            | outcome
 *    | '------------------'                    |
 *    |------------------------------------------'
 *    |
 *    |        BDAT           a chunk, its octets read     LAST
 *    |------------> CHUNK ------------------------------------> DELIVERY
 *    |<---------------'   not the last, or refused
 *    |
 *    |        STARTTLS, 220
 *    '-- COMMAND ---------> HANDSHAKE -- done --> COMMAND (all forgotten)
 *
 *   any -- QUIT, 421, failed handshake --> CLOSED
 * </pre>
 */
public enum Phase {
    /** For a command line. */
    COMMAND,
    /** For the application's word on a recipient; the reply at hand is given unless it objects. */
    RECIPIENT_CHECK,
    /** For content and the final dot. */
    CONTENT,
    /** For the octets that BDAT announced. */
    CHUNK,
    /** For the outcome of a delivery. */
    DELIVERY,
    /** For the end of a TLS handshake. */
    HANDSHAKE,
    /** For nothing any more: the connection is to be closed once the reply at hand is written. */
    CLOSED;

    /** {@return whether the application has the word; nothing is carried out until it has spoken} */
    public boolean isWithApplication() {
        return this == RECIPIENT_CHECK || this == DELIVERY;
    }
}
