package org.postern.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.Optional;
import org.postern.Reply;
import org.postern.TlsFailure;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;
import org.postern.tls.ServerTls;

/**
 * One connection: gives what comes in to its {@link Session} and writes what that returns. Replies are flushed once per read.
 * While a recipient or a message is with the application, or replies are not read, nothing more is read than what one read had
 * brought.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final Reply INJECTED = new Reply(421, "4.7.0", "There must be nothing behind STARTTLS in clear");

    private final Reception reception;
    private final Listener listener;
    private final Session session;
    private final Encryption encryption;
    private final Door.Visit visit;
    private final Conduct conduct;
    private final LineReader lines = new LineReader();
    private final Pending pending = new Pending();

    private ChannelHandlerContext context;
    private Patience patience;
    private Application application;
    private Intake intake;
    private Output output;
    private Ending ending;

    Connection(Reception reception, Listener listener, Session session, ServerTls tls, Door.Visit visit) {
        this.reception = reception;
        this.listener = listener;
        this.session = session;
        this.encryption = new Encryption(reception, session, tls);
        this.visit = visit;
        this.conduct = new Conduct(reception, visit);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        output = new Output(ctx);
        application = new Application(reception, session, ctx.executor());
        intake = new Intake(reception, session);
        patience = new Patience(reception.settings(), ctx.executor(), this::overdue);
        ending = new Ending(reception, session, ctx, output, patience);
        reception.statistics().count(Statistics.Figure.SESSIONS);
        listener.opened(this);
    }

    private void greet() {
        visit.refusal().ifPresentOrElse(ending::with, () -> {
            output.write(session.greeting());
            output.flush();
            patience.await(session);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pending.add((ByteBuf) message, ctx.alloc());
        if (session.phase().isWithApplication() || output.isStalled()) {
            // What came with this read is kept; more is not read until the application has spoken.
            ctx.channel().config().setAutoRead(false);
        } else {
            process();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session.phase() == Phase.COMMAND) {
            session.groupEnded().ifPresent(ending::with);
        }
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (output.isStalled() && ctx.channel().isWritable()) {
            // Not within the flush that this may be called from.
            ctx.executor().execute(this::goOn);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        intake.abandon();
        application.peerLeft();
        session.close();
        patience.stop();
        pending.discard();
        if (session.tls().isEmpty()) {
            reception.statistics().count(Statistics.Figure.CLEAR_SESSIONS);
        }
        listener.closed(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (encryption.ended(handshake, ctx.pipeline())) {
                patience.await(session);
            } else {
                session.close();
                ctx.close();
            }
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            ending.inputEnded();
        } else if (event instanceof Greeter.Event greeting && session.phase() != Phase.CLOSED) {
            switch (greeting) {
                case DUE -> greet();
                case SPOKEN_BEFORE -> ending.spokenBefore();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        encryption.broke(cause);
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
        context.executor().execute(ending::want);
    }

    /** A limit was changed that {@link Patience} goes by. */
    void lookAgain() {
        context.executor().execute(() -> patience.lookAgain(session));
    }

    /** Closes the connection, whatever is under way. */
    void abort() {
        context.close();
    }

    private void process() {
        boolean more = true;
        while (more && output.hasRoom()) {
            more = switch (session.phase()) {
                case COMMAND -> nextLine();
                case CONTENT, CHUNK -> nextContent();
                case RECIPIENT_CHECK, DELIVERY, HANDSHAKE -> false;
                case CLOSED -> discard();
            };
        }
        pending.trim(context.alloc());
    }

    private boolean nextLine() {
        LineReader.Line line = lines.next(pending.octets());
        if (line == null) {
            return false;
        }
        Reply reply =
                line.isBad() ? session.badLine(line.text(), line.problem()) : conduct.command(session, line.text());
        intake.commandEnded();
        switch (session.phase()) {
            case RECIPIENT_CHECK -> {
                output.flush();
                application.check(line.text(), refusal -> recipientChecked(line.text(), refusal));
            }
            case HANDSHAKE -> beginTls(reply);
            case CONTENT -> {
                intake.dataBegins();
                output.write(reply);
            }
            // The reply comes when the octets have.
            case CHUNK -> intake.chunkBegins();
            case CLOSED -> {
                tell(line.text(), reply);
                Drain.close(context, reply.isPositive() && pending.isEmpty());
            }
            default -> answer(line.text(), reply);
        }
        patience.await(session);
        return true;
    }

    private void answer(String line, Reply reply) {
        tell(line, reply);
        ending.ifDueAfter(reply, conduct);
    }

    private void tell(String line, Reply reply) {
        if (reply.isNegative()) {
            reception.journal().refusal(session, line, reply);
        }
        output.write(reply);
    }

    private void recipientChecked(String line, Optional<Reply> refusal) {
        answer(line, session.recipientChecked(refusal));
        goOn();
    }

    private boolean nextContent() {
        int before = pending.octets().readableBytes();
        boolean ended = intake.read(pending.octets());
        patience.contentCame(before - pending.octets().readableBytes());
        if (!ended) {
            return false;
        }
        Optional<Reply> reply = intake.ended();
        patience.await(session);
        if (reply.isEmpty()) {
            output.flush();
            application.deliver(intake.handOver(), this::delivered);
            return false;
        }
        output.write(reply.get());
        ending.ifDueAfter(reply.get(), conduct);
        return true;
    }

    private void delivered(Reply outcome) {
        if (outcome.isPositive()) {
            conduct.messageAccepted();
        }
        output.write(outcome);
        ending.ifDueAfter(outcome, conduct);
        goOn();
    }

    /** What was waited for has not come in time. */
    private void overdue(String limit) {
        reception.statistics().countLimit(limit);
        switch (session.phase()) {
            case COMMAND -> ending.with(Replies.TIMED_OUT);
            case CONTENT, CHUNK -> ending.tooSlow(intake);
            case RECIPIENT_CHECK -> recipientChecked(application.forgetQuestion(), Optional.of(Replies.NO_ENDPOINT));
            case DELIVERY -> delivered(application.giveUp());
            case HANDSHAKE, CLOSED -> context.close();
        }
    }

    /** Goes on with what was kept back while the application was asked, or replies were not read. */
    private void goOn() {
        if (ending.isDue()) {
            return;
        }
        patience.await(session);
        process();
        output.flush();
        if (!session.phase().isWithApplication() && !output.isStalled()) {
            Drain.readOn(context.channel());
            ending.whenAllIsAnswered();
        }
    }

    private void beginTls(Reply ready) {
        if (!pending.isEmpty()) {
            encryption.failed(TlsFailure.INJECTED, "clear text behind STARTTLS");
            ending.with(INJECTED);
            return;
        }
        SslHandler handler = encryption.newHandler(context.pipeline());
        output.write(ready);
        output.flush();
        context.pipeline().addAfter(Entrance.FIRST, null, handler);
    }

    private boolean discard() {
        pending.discard();
        return false;
    }
}
