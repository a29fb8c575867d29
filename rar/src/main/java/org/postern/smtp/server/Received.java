package org.postern.smtp.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.TlsFailure;
import org.postern.TlsSession;

/**
 * The trace field that is put on top of a message (RFC 5321 section 4.4), with the facts of TLS in a comment. All that comes
 * from outside is restricted or escaped: nothing in it can begin another field.
 */
public final class Received {

    /** RFC 5322 section 3.3; the day without a leading zero is as good, but two digits align. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT);

    private static final int MAX_SUBJECT = 200;

    /** Where many messages come, most come in the second of another. */
    private static volatile Stamp latest = new Stamp(Instant.EPOCH.atZone(ZoneOffset.UTC));

    private Received() {}

    /** A second, and how it is written. */
    private record Stamp(long second, ZoneOffset offset, String text) {

        Stamp(ZonedDateTime at) {
            this(at.toEpochSecond(), at.getOffset(), DATE.format(at));
        }

        boolean isOf(ZonedDateTime at) {
            return at.toEpochSecond() == second && at.getOffset().equals(offset);
        }
    }

    /**
     * Makes the field. It is ASCII, but for an address of a message with SMTPUTF8.
     *
     * @param session the session in which the message came
     * @param envelope its envelope
     * @param id its identifier
     * @param at when it came
     * @return the field with folded lines and its final CRLF
     */
    public static String field(Session session, Envelope envelope, String id, ZonedDateTime at) {
        StringBuilder field = new StringBuilder(320);
        field.append("Received: from ").append(session.helloName());
        field.append(" (").append(literal(session.facts().peer().getAddress())).append(")\r\n");
        field.append("\tby ").append(session.facts().hostName()).append(" (Postern) with ");
        field.append(protocol(session, envelope)).append(" id ").append(id);
        session.tls()
                .ifPresent(tls -> field.append("\r\n\t(").append(facts(tls)).append(')'));
        // With several recipients, naming one would tell the others of a blind copy (RFC 5321 section 7.2).
        if (envelope.recipients().size() == 1) {
            field.append("\r\n\tfor <").append(envelope.recipients().get(0)).append('>');
        }
        return field.append(";\r\n\t").append(date(at)).append("\r\n").toString();
    }

    private static String date(ZonedDateTime at) {
        Stamp stamp = latest;
        if (!stamp.isOf(at)) {
            stamp = new Stamp(at);
            latest = stamp;
        }
        return stamp.text;
    }

    /** The keyword of RFC 3848, or of RFC 6531 section 4.3. */
    private static String protocol(Session session, Envelope envelope) {
        if (!session.isExtended()) {
            return "SMTP";
        }
        String protocol = envelope.parameters().international() ? "UTF8SMTP" : "ESMTP";
        return session.tls().isPresent() ? protocol + "S" : protocol;
    }

    private static String facts(TlsSession tls) {
        return tls.protocol() + " " + tls.cipherSuite() + ", client certificate: " + certificate(tls);
    }

    private static String certificate(TlsSession tls) {
        if (tls.peerChain().isEmpty()) {
            return "none";
        }
        String subject = tls.peerChain().get(0).getSubjectX500Principal().getName();
        Optional<TlsFailure> failure = tls.failure();
        String verdict = tls.isVerified()
                ? "verified"
                : failure.map(reason -> "not verified: " + reason.sentence()).orElse("not checked");
        return comment(subject) + ", " + verdict;
    }

    /** Printable ASCII with the specials of a comment replaced (RFC 5322 section 3.2.2), and bounded. */
    private static String comment(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_SUBJECT; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c <= '~' && c != '(' && c != ')' && c != '\\';
            safe.append(plain ? c : '?');
        }
        return safe.toString();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = text.indexOf('%');
            return "[IPv6:" + (zone < 0 ? text : text.substring(0, zone)) + "]";
        }
        return "[" + text + "]";
    }
}
