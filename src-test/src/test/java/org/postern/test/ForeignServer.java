package org.postern.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.postern.test.application.Gate;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** A mail server that others made (SubEthaSMTP), on a free port of this machine: what Postern sends to. */
public final class ForeignServer implements AutoCloseable {

    /** What it took over. */
    public record Taken(String from, List<String> recipients, byte[] content, boolean withTls) {}

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Map<String, RejectException> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicInteger mostUnderway = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Gate gate = new Gate();
    private final Set<Session> holding = ConcurrentHashMap.newKeySet();
    private final SMTPServer server;

    private ForeignServer(SMTPServer.Builder builder) {
        server = builder.messageHandlerFactory(Handler::new)
                .sessionHandler(new Connections())
                .bindAddress(InetAddress.getLoopbackAddress())
                .insertReceivedHeaders(false)
                .build();
        server.start();
    }

    /** Starts one that offers STARTTLS. */
    public static ForeignServer withStarttls(SSLContext context) {
        return new ForeignServer(SMTPServer.port(0).enableTLS().startTlsSocketFactory(context));
    }

    /** Starts one that knows nothing of TLS. */
    public static ForeignServer inClear() {
        return new ForeignServer(SMTPServer.port(0));
    }

    /** From now on answers a recipient so. */
    public ForeignServer refuse(String recipient, int code, String text) {
        refusals.put(recipient, new RejectException(code, text));
        return this;
    }

    /** {@return where it is, as a next hop} */
    public String nextHop() {
        return "127.0.0.1:" + server.getPortAllocated();
    }

    /** {@return where it is, by a name that its certificates are for} */
    public String nextHopByName() {
        return "localhost:" + server.getPortAllocated();
    }

    /** {@return all that it took over} */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** {@return how many mail transactions were begun} */
    public int transactions() {
        return transactions.get();
    }

    /** {@return how many connections were made to it so far} */
    public int connections() {
        return connections.get();
    }

    /** {@return how many messages were on their way at most at the same time} */
    public int mostAtOnce() {
        return mostUnderway.get();
    }

    /** Takes no message over until {@link #release}. */
    public void hold() {
        gate.close();
    }

    /** {@return how many messages wait for {@link #release}} */
    public int held() {
        return gate.waiting();
    }

    /** Leaves the connections whose messages it holds, without a word. Messages that come later are held in their turn. */
    public void hangUp() throws IOException {
        for (Session session : holding) {
            holding.remove(session);
            session.closeSocket();
        }
    }

    /** Takes over what it held. */
    public void release() {
        gate.open();
    }

    @Override
    public void close() {
        gate.open();
        server.stop();
    }

    private final class Connections implements SessionHandler {
        @Override
        public SessionAcceptance accept(Session session) {
            connections.incrementAndGet();
            return SessionAcceptance.success();
        }

        @Override
        public void onSessionEnd(Session session) {
            // How many there were is asked, not how many there are.
        }
    }

    private final class Handler implements MessageHandler {
        private final MessageContext context;
        private final List<String> recipients = new ArrayList<>();
        private String sender;

        Handler(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String from) {
            transactions.incrementAndGet();
            sender = from;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            RejectException refusal = refusals.get(recipient);
            if (refusal != null) {
                throw refusal;
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream content) throws IOException {
            Session session = (Session) context;
            boolean withTls = session.isTLSStarted();
            mostUnderway.accumulateAndGet(underway.incrementAndGet(), Math::max);
            try {
                byte[] octets = content.readAllBytes();
                holding.add(session);
                gate.pass();
                if (holding.remove(session)) {
                    taken.add(new Taken(sender, List.copyOf(recipients), octets, withTls));
                }
                return null;
            } finally {
                underway.decrementAndGet();
            }
        }

        @Override
        public void done() {
            // Nothing was opened.
        }
    }
}
