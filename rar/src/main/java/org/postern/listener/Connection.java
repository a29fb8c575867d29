package org.postern.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;
import org.postern.tls.ClientCertificate;
import org.postern.tls.Failures;
import org.postern.tls.ServerTls;

/**
 * One connection: gives what comes in to its {@link Session} and writes what that returns. Replies are flushed once per read.
 * While a recipient or a message is with the application, nothing more is read than what one read had brought.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final Reply INJECTED = new Reply(421, "4.7.0", "There must be nothing behind STARTTLS in clear");

    private final Reception reception;
    private final Listener listener;
    private final ServerTls tls;
    private final boolean implicitTls;
    private final LineReader lines = new LineReader();

    private ChannelHandlerContext context;
    private Session session;
    private final Pending pending = new Pending();
    private Intake intake;
    private boolean ending;

    Connection(Reception reception, Listener listener, ServerTls tls, boolean implicitTls) {
        this.reception = reception;
        this.listener = listener;
        this.tls = tls;
        this.implicitTls = implicitTls;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        session = new Session(reception.facts(peer, tls), reception.deliveries().rules());
        intake = new Intake(reception, session);
        reception.statistics().count(Statistics.Figure.SESSIONS);
        listener.opened(this);
        if (!implicitTls) {
            greet();
        }
    }

    private void greet() {
        if (listener.isPaused() || ending) {
            end(Replies.SHUTTING_DOWN);
            return;
        }
        write(session.greeting());
        context.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pending.add((ByteBuf) message, ctx.alloc());
        if (session.phase().isWithApplication()) {
            // What came with this read is kept; more is not read until the application has spoken.
            ctx.channel().config().setAutoRead(false);
        } else {
            process();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session.phase() == Phase.COMMAND) {
            session.groupEnded().ifPresent(this::end);
        }
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (session.phase() != Phase.DELIVERY) {
            // Content that is with the application is closed when that is done.
            intake.abandon();
        }
        session.close();
        pending.discard();
        if (session.tls().isEmpty()) {
            reception.statistics().count(Statistics.Figure.CLEAR_SESSIONS);
        }
        listener.closed(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                tlsBegan(ctx.pipeline().get(SslHandler.class));
            } else {
                tls.handshakeFailed(handshake.cause());
                tlsFailed(Failures.reasonOf(handshake.cause()), Failures.describe(handshake.cause()));
            }
        } else if (event instanceof IdleStateEvent && !session.phase().isWithApplication()) {
            end(Replies.TIMED_OUT);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Resets and the like are a peer's business, and failed handshakes have been told by their event.
        if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "A session with " + session.facts().peer() + " failed.",
                    cause);
        }
        ctx.close();
    }

    /** Ends the session as soon as that loses nothing: at once when idle, else when the message under way is answered. */
    void shutDown() {
        context.executor().execute(() -> {
            ending = true;
            if (session.phase() == Phase.COMMAND) {
                end(Replies.SHUTTING_DOWN);
            } else if (session.phase() == Phase.HANDSHAKE) {
                context.close();
            }
        });
    }

    /** Closes the connection, whatever is under way. */
    void abort() {
        context.close();
    }

    private void process() {
        boolean more = true;
        while (more) {
            more = switch (session.phase()) {
                case COMMAND -> nextLine();
                case CONTENT, CHUNK -> intake.read(pending.octets()) && contentEnded();
                case RECIPIENT_CHECK, DELIVERY, HANDSHAKE -> false;
                case CLOSED -> discard();
            };
        }
    }

    private boolean nextLine() {
        LineReader.Line line = lines.next(pending.octets());
        if (line == null) {
            return false;
        }
        Reply reply = line.isBad() ? session.badLine(line.text(), line.problem()) : session.command(line.text());
        intake.commandEnded();
        switch (session.phase()) {
            case RECIPIENT_CHECK -> checkRecipient(line.text());
            case HANDSHAKE -> beginTls(reply);
            case CONTENT -> {
                intake.dataBegins();
                write(reply);
            }
            case CHUNK -> intake.chunkBegins();
            case CLOSED -> {
                answer(line.text(), reply);
                if (reply.isNegative()) {
                    Drain.close(context);
                } else {
                    context.flush();
                    // After QUIT nothing is left to be read, so closing cannot turn into a reset that loses the reply.
                    context.close();
                }
            }
            default -> answer(line.text(), reply);
        }
        return true;
    }

    private void answer(String line, Reply reply) {
        if (reply.isNegative()) {
            reception.journal().refusal(session, line, reply);
        }
        write(reply);
    }

    private void checkRecipient(String line) {
        context.flush();
        var all = session.envelope().recipients();
        Recipient asked = all.get(all.size() - 1);
        var soFar = session.envelope().withRecipients(all.subList(0, all.size() - 1));
        reception.deliveries().check(soFar, asked, refusal -> context.executor()
                .execute(() -> recipientChecked(line, refusal)));
    }

    private void recipientChecked(String line, Optional<Reply> refusal) {
        if (session.phase() == Phase.RECIPIENT_CHECK) {
            answer(line, session.recipientChecked(refusal));
            goOn();
        }
    }

    private boolean contentEnded() {
        Optional<Reply> reply = intake.ended();
        if (reply.isPresent()) {
            write(reply.get());
            return true;
        }
        context.flush();
        reception.deliveries().deliver(intake.mail(), outcome -> context.executor()
                .execute(() -> delivered(outcome)));
        return false;
    }

    private void delivered(Reply outcome) {
        if (session.phase() != Phase.DELIVERY) {
            intake.lost(outcome);
            return;
        }
        session.delivered();
        intake.answered(outcome);
        write(outcome);
        goOn();
    }

    /** Goes on with what was kept back while the application was asked. */
    private void goOn() {
        if (ending && session.phase() == Phase.COMMAND) {
            end(Replies.SHUTTING_DOWN);
            return;
        }
        process();
        context.flush();
        if (!session.phase().isWithApplication()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void beginTls(Reply ready) {
        if (!pending.isEmpty()) {
            reception.journal().tlsFailure(session.facts().peer(), TlsFailure.INJECTED, "clear text behind STARTTLS");
            end(INJECTED);
            return;
        }
        SslHandler handler = tls.newHandler(context.alloc());
        write(ready);
        context.flush();
        context.pipeline().addFirst(handler);
    }

    private void tlsBegan(SslHandler handler) {
        TlsSession facts = tls.describe(handler.engine());
        if (tls.clientCertificate() == ClientCertificate.REQUIRE && !facts.isVerified()) {
            // A resumed session shows no certificate anew: what it showed may not verify any more.
            tlsFailed(facts.failure().orElse(TlsFailure.UNTRUSTED), "the client certificate of a resumed session");
            return;
        }
        session.tlsBegan(facts);
        reception.statistics().countTls(facts.protocol());
        if (implicitTls) {
            greet();
        }
    }

    private void tlsFailed(TlsFailure reason, String detail) {
        reception.journal().tlsFailure(session.facts().peer(), reason, detail);
        session.close();
        context.close();
    }

    /** Ends the session with a reply that must not be lost. */
    private void end(Reply reply) {
        session.close();
        reception.journal().refusal(session, "", reply);
        write(reply);
        Drain.close(context);
    }

    private boolean discard() {
        pending.discard();
        return false;
    }

    private void write(Reply reply) {
        context.write(ReplyWriter.write(reply, context.alloc()), context.voidPromise());
    }
}
