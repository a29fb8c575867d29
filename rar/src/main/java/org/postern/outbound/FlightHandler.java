package org.postern.outbound;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postern.Reply;
import org.postern.smtp.client.MalformedReplyException;

/**
 * Gathers the replies to one flight at a time. Replies that will not come any more, as the server closed the channel, went silent
 * or made no sense, are stood in for by a 421 of this side, which means the same as one of the server's: RFC 5321 section 3.8. So
 * a flight always has all its replies, and whoever awaits them need not look at errors of the channel as well.
 */
final class FlightHandler extends ChannelInboundHandlerAdapter {

    private static final int CLOSING = 421;

    private ChannelHandlerContext context;
    private CompletableFuture<List<Reply>> awaited;
    private List<Reply> replies;
    private int missing;
    private Duration timeout;
    private ScheduledFuture<?> timer;
    private volatile Reply lost;
    private boolean dismissed;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** {@return as many replies as were asked for} */
    CompletableFuture<List<Reply>> await(int count, Duration perReply) {
        var future = new CompletableFuture<List<Reply>>();
        awaited = future;
        replies = new ArrayList<>(count);
        missing = count;
        timeout = perReply;
        if (lost == null) {
            touch();
        } else {
            fill();
        }
        return future;
    }

    /** Starts the time for the next reply anew. */
    void touch() {
        stopTimer();
        if (awaited != null) {
            timer = context.executor().schedule(this::timedOut, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** {@return whether the dialogue can go on} On any thread. */
    boolean isOpen() {
        return lost == null && context.channel().isActive();
    }

    /** {@return whether the dialogue ended by a word of the server's, and not by its silence} */
    boolean wasDismissed() {
        return dismissed;
    }

    /** {@return whether replies are awaited} */
    boolean isAwaiting() {
        return awaited != null;
    }

    /** Ends the dialogue: what is awaited is answered by this reply, now and later. */
    void lose(Reply standIn) {
        if (lost == null) {
            lost = standIn;
        }
        context.channel().close();
        if (awaited != null) {
            fill();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        Reply reply = (Reply) message;
        if (reply.code() == CLOSING) {
            dismissed = lost == null;
            lose(reply);
        } else if (awaited == null) {
            lose(OwnVerdict.lost("The server sent a reply that nobody had asked for", "4.5.0"));
        } else {
            replies.add(reply);
            missing--;
            if (missing == 0) {
                complete();
            } else {
                touch();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        lose(OwnVerdict.lost("The connection was closed by the server", "4.4.2"));
        from.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable thrown) {
        failed(thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown);
    }

    /** Ends the dialogue as the channel failed. */
    void failed(Throwable cause) {
        if (cause instanceof MalformedReplyException) {
            lose(OwnVerdict.lost("The server did not speak SMTP: " + cause.getMessage(), "4.5.0"));
        } else {
            String reason = cause instanceof ClosedChannelException ? "closed" : cause.getMessage();
            lose(OwnVerdict.lost("The connection was lost (" + reason + ")", "4.4.2"));
        }
    }

    private void timedOut() {
        lose(OwnVerdict.lost("The server did not answer within " + timeout.toSeconds() + " seconds", "4.4.2"));
    }

    private void fill() {
        while (missing > 0) {
            replies.add(lost);
            missing--;
        }
        complete();
    }

    private void complete() {
        stopTimer();
        CompletableFuture<List<Reply>> done = awaited;
        awaited = null;
        done.complete(replies);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
