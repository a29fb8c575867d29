package org.postern.listener;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import org.postern.Envelope;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;

/**
 * What is told of messages, refusals and failures: figures are counted, and a line is logged for each, {@code key=value}. All values are restricted by their grammar or escaped, so nobody can
 * write lines of his own.
 */
record Journal(Statistics statistics) {

    private static final System.Logger LOG = System.getLogger("org.postern.mail");
    private static final int RECIPIENTS_SHOWN = 10;

    /** The content of a message was answered. */
    void message(Session session, ReceivedMail mail, String messageId, Reply reply, long millis) {
        if (reply.isPositive()) {
            statistics.count(Statistics.Figure.MESSAGES_ACCEPTED);
            statistics.add(Statistics.Figure.OCTETS_ACCEPTED, mail.content().size());
        } else {
            statistics.count(Statistics.Figure.MESSAGES_REFUSED);
            countRefusal(session, reply);
        }
        LOG.log(
                System.Logger.Level.INFO,
                () -> (reply.isPositive() ? "accepted" : "refused") + " id=" + mail.id() + origin(session)
                        + envelope(mail.envelope())
                        + " size=" + mail.content().size() + " message-id=\"" + LogText.escape(messageId)
                        + "\" reply=\"" + LogText.escape(reply.toString()) + "\" ms=" + millis);
    }

    /** A command was refused, or a session ended with a refusal. */
    void refusal(Session session, String command, Reply reply) {
        countRefusal(session, reply);
        if (command.regionMatches(true, 0, "RCPT", 0, 4)) {
            statistics.count(Statistics.Figure.RECIPIENTS_REFUSED);
        }
        LOG.log(
                System.Logger.Level.INFO,
                () -> "refused" + origin(session)
                        + session.currentEnvelope().map(Journal::envelope).orElse("")
                        + " command=\"" + LogText.escape(command) + "\" reply=\""
                        + LogText.escape(reply.toString()) + "\"");
    }

    private void countRefusal(Session session, Reply reply) {
        statistics.countRefusal(reply.code());
        if (reply.equals(Replies.TOO_MANY_RECIPIENTS)) {
            statistics.countLimit(LimitSettings.MAX_RECIPIENTS.name());
        } else if (reply.equals(Replies.BUSY)) {
            statistics.countLimit(LimitSettings.DELIVERY_WAIT.name());
        } else if (reply.equals(Replies.tooBig(session.facts().maxMessageSize()))) {
            statistics.countLimit(ListenerSettings.MAX_MESSAGE_SIZE.name());
        }
    }

    /** TLS did not come about. */
    void tlsFailure(InetSocketAddress peer, TlsFailure reason, String detail) {
        statistics.countTlsFailure(reason.name());
        LOG.log(
                System.Logger.Level.INFO,
                () -> "tls-failure peer=" + NetUtil.toSocketAddressString(peer) + " reason=" + reason + " detail=\""
                        + LogText.escape(detail) + "\"");
    }

    /** A load balancer did not say properly who the peer is. */
    void proxyFailure(InetSocketAddress balancer, String detail) {
        statistics.countLimit(LimitSettings.PROXY_NETWORKS.name());
        String peer = balancer == null ? "-" : NetUtil.toSocketAddressString(balancer);
        LOG.log(
                System.Logger.Level.INFO,
                () -> "proxy-failure peer=" + peer + " detail=\"" + LogText.escape(detail) + "\"");
    }

    /** Nobody was there any more to hear the reply: the peer may send the message again. */
    void lost(ReceivedMail mail, Reply reply) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> "unheard id=" + mail.id() + " peer=" + NetUtil.toSocketAddressString(mail.peer())
                        + envelope(mail.envelope()) + " reply=\"" + LogText.escape(reply.toString()) + "\"");
    }

    private static String origin(Session session) {
        var facts = session.facts();
        String how = session.tls()
                .map(t -> t.protocol() + "/" + t.cipherSuite() + " verdict=" + verdict(t))
                .orElse("none verdict=none");
        return " session=" + facts.id() + " peer=" + NetUtil.toSocketAddressString(facts.peer()) + " helo="
                + (session.helloName().isEmpty() ? "-" : LogText.word(session.helloName())) + " tls=" + how;
    }

    /** What is known of the peer's certificate. */
    private static String verdict(TlsSession tls) {
        return tls.failure().map(TlsFailure::name).orElse(tls.verification().name());
    }

    private static String envelope(Envelope envelope) {
        int more = envelope.recipients().size() - RECIPIENTS_SHOWN;
        return " from=<" + LogText.word(envelope.reversePathText()) + "> to="
                + envelope.recipients().stream()
                        .limit(RECIPIENTS_SHOWN)
                        .map(Recipient::toString)
                        .map(r -> "<" + LogText.word(r) + ">")
                        .collect(Collectors.joining(","))
                + (more > 0 ? ",+" + more : "");
    }
}
