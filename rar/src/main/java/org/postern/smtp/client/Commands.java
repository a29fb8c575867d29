package org.postern.smtp.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postern.Envelope;
import org.postern.MailParameters;
import org.postern.Recipient;

/** Command lines (RFC 5321 section 4.1), without their ends. A parameter is given only where its extension is offered. */
public final class Commands {

    /** Asks for TLS (RFC 3207). */
    public static final String STARTTLS = "STARTTLS";
    /** Announces content that ends in a line with one dot. */
    public static final String DATA = "DATA";
    /** Forgets the envelope; also shows that the server is still there. */
    public static final String RSET = "RSET";
    /** Ends the session. */
    public static final String QUIT = "QUIT";

    /** Values in xtext and the like (RFC 3461 section 4): nothing that ends a parameter or a line. */
    private static final Pattern PARAMETER_VALUE = Pattern.compile("[^\\p{Cntrl}\\s]+");

    private Commands() {}

    /** {@return the greeting that asks for extensions} */
    public static String ehlo(String name) {
        return "EHLO " + name;
    }

    /** {@return the greeting of LMTP (RFC 2033)} */
    public static String lhlo(String name) {
        return "LHLO " + name;
    }

    /** {@return the greeting for servers that do not know EHLO} */
    public static String helo(String name) {
        return "HELO " + name;
    }

    /**
     * Makes the line that begins a message.
     *
     * @param envelope sender and parameters
     * @param content the content that will follow
     * @param features what the server offers
     * @return the line
     * @throws IllegalArgumentException if a parameter could not stand in a command
     */
    public static String mail(Envelope envelope, Content content, Features features) {
        MailParameters parameters = envelope.parameters();
        StringBuilder line = new StringBuilder("MAIL FROM:<")
                .append(envelope.reversePathText())
                .append('>');
        if (features.offers(Feature.SIZE)) {
            line.append(" SIZE=").append(content.size());
        }
        if (features.offers(Feature.EIGHT_BIT_MIME) && (content.isEightBit() || parameters.eightBit())) {
            line.append(" BODY=8BITMIME");
        }
        if (features.offers(Feature.SMTPUTF8) && isInternational(envelope, content)) {
            line.append(" SMTPUTF8");
        }
        if (features.offers(Feature.DSN)) {
            append(line, "RET", parameters.returned());
            append(line, "ENVID", parameters.envelopeId());
        }
        return line.toString();
    }

    /**
     * Makes the line that names a recipient.
     *
     * @param recipient the recipient
     * @param features what the server offers
     * @return the line
     * @throws IllegalArgumentException if a parameter could not stand in a command
     */
    public static String rcpt(Recipient recipient, Features features) {
        StringBuilder line =
                new StringBuilder("RCPT TO:<").append(recipient.mailbox()).append('>');
        if (features.offers(Feature.DSN)) {
            append(line, "NOTIFY", recipient.notifyOn());
            append(line, "ORCPT", originalRecipient(recipient, features));
        }
        return line.toString();
    }

    /** {@return the line that all content follows at once, with nothing waited for and nothing stuffed} */
    public static String bdatLast(long size) {
        return "BDAT " + size + " LAST";
    }

    /**
     * Writes command lines as they go over the connection.
     *
     * @param lines the lines
     * @return them in UTF-8, ended by CRLF
     * @throws IllegalArgumentException if one holds a control character: it could smuggle in another command
     */
    public static byte[] octets(List<String> lines) {
        StringBuilder all = new StringBuilder();
        for (String line : lines) {
            if (hasControl(line)) {
                throw new IllegalArgumentException("A command must not contain a control character.");
            }
            all.append(line).append("\r\n");
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasControl(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message itself, and not only one of its recipients, needs SMTPUTF8. */
    static boolean needsUtf8(Envelope envelope, Content content) {
        return envelope.reversePath().filter(path -> path.isInternational()).isPresent()
                || envelope.parameters().international() && content.isHeaderEightBit();
    }

    /** The header of a part of the message can be UTF-8 too, which is not told from other content here. */
    private static boolean isInternational(Envelope envelope, Content content) {
        return needsUtf8(envelope, content)
                || envelope.parameters().international() && content.isEightBit()
                || envelope.recipients().stream().anyMatch(Commands::isInternational);
    }

    private static boolean isInternational(Recipient recipient) {
        return recipient.mailbox().isInternational()
                || recipient.originalRecipient().chars().anyMatch(c -> c >= 0x80);
    }

    /** RFC 6533 section 3: without SMTPUTF8 a character beyond ASCII is written as its number. */
    private static String originalRecipient(Recipient recipient, Features features) {
        String value = recipient.originalRecipient();
        if (features.offers(Feature.SMTPUTF8)) {
            return value;
        }
        StringBuilder ascii = new StringBuilder();
        value.codePoints()
                .forEach(c ->
                        ascii.append(c < 0x80 ? Character.toString(c) : String.format(Locale.ROOT, "\\x{%02X}", c)));
        return ascii.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        if (!PARAMETER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The parameter " + name + " must be without spaces and control characters (RFC 3461).");
        }
        line.append(' ').append(name).append('=').append(value);
    }
}
