package org.postern.listener;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postern.Envelope;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.server.Session;

/**
 * One line per message and per refusal, {@code key=value}. All values are restricted by their grammar or escaped, so nobody can
 * write lines of his own.
 */
final class MessageLog {

    private static final System.Logger LOG = System.getLogger("org.postern.mail");
    private static final int RECIPIENTS_SHOWN = 10;

    private MessageLog() {}

    static void message(Session session, ReceivedMail mail, Reply reply, long millis) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> (reply.isPositive() ? "accepted" : "refused") + " id=" + mail.id()
                        + origin(session.facts().peer(), session.helloName(), session.tls())
                        + envelope(mail.envelope())
                        + " size=" + mail.content().size() + " reply=\"" + escape(reply.toString()) + "\" ms="
                        + millis);
    }

    static void refusal(Session session, String command, Reply reply) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "refused"
                        + origin(session.facts().peer(), session.helloName(), session.tls())
                        + " command=\"" + escape(command) + "\" reply=\"" + escape(reply.toString()) + "\"");
    }

    static void tlsFailure(InetSocketAddress peer, String reason, String detail) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "tls-failure peer=" + address(peer) + " reason=" + reason + " detail=\"" + escape(detail) + "\"");
    }

    static void lost(ReceivedMail mail, Reply reply) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "The peer of message " + mail.id() + " had gone before it was answered " + reply.code()
                        + "; it may send the message again.");
    }

    private static String origin(InetSocketAddress peer, String helo, Optional<TlsSession> tls) {
        String how = tls.map(t -> t.protocol() + "/" + t.cipherSuite()).orElse("none");
        return " peer=" + address(peer) + " helo=" + (helo.isEmpty() ? "-" : helo) + " tls=" + how;
    }

    private static String address(InetSocketAddress peer) {
        return peer.getAddress().getHostAddress() + "/" + peer.getPort();
    }

    private static String envelope(Envelope envelope) {
        int more = envelope.recipients().size() - RECIPIENTS_SHOWN;
        return " from=<" + escape(envelope.reversePathText()) + "> to="
                + envelope.recipients().stream()
                        .limit(RECIPIENTS_SHOWN)
                        .map(Recipient::toString)
                        .map(r -> "<" + escape(r) + ">")
                        .collect(Collectors.joining(","))
                + (more > 0 ? ",+" + more : "");
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || c == '"' || c == '\\') {
                safe.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
