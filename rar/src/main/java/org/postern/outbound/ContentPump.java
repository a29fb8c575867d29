package org.postern.outbound;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.postern.smtp.client.Chunks;

/**
 * Moves content that does not fit one flight: while one piece leaves, the thread that sends reads the next. So there are never
 * more than two in memory, however slow the server is, and the event loop never waits for a disk.
 */
final class ContentPump {

    private final Wire wire;
    private final Chunks chunks;
    private final Executor caller;
    private final Duration block;
    private byte[] next;
    private boolean readAll;
    private boolean leaving;
    private ScheduledFuture<?> timer;

    /**
     * Prepares.
     *
     * @param wire where to
     * @param chunks where from
     * @param caller reads
     * @param block how long the server may take for a piece
     */
    ContentPump(Wire wire, Chunks chunks, Executor caller, Duration block) {
        this.wire = wire;
        this.chunks = chunks;
        this.caller = caller;
        this.block = block;
    }

    /** Begins. Whoever awaits the reply to the content learns of the end, good or bad. */
    void start() {
        caller.execute(this::read);
    }

    /** On the caller's thread. */
    private void read() {
        EventLoop loop = wire.loop();
        try {
            byte[] piece = chunks.next();
            boolean isLast = !chunks.hasNext();
            loop.execute(() -> arrived(piece, isLast));
        } catch (IOException | RuntimeException e) {
            // The server must not take what it has so far for the whole message: no dot, no rest, the line is cut.
            loop.execute(() -> wire.lose(OwnVerdict.lost("The content could not be read: " + e.getMessage(), "4.3.0")));
        }
    }

    /** {@return whether all of the content has left} */
    boolean isDone() {
        return readAll && next == null && !leaving;
    }

    private void arrived(byte[] piece, boolean isLast) {
        next = piece;
        readAll = isLast;
        advance();
    }

    private void left() {
        timer.cancel(false);
        leaving = false;
        advance();
    }

    private void advance() {
        if (next == null || leaving || !wire.isOpen()) {
            return;
        }
        byte[] piece = next;
        next = null;
        leaving = true;
        timer = wire.loop().schedule(this::stalled, block.toMillis(), TimeUnit.MILLISECONDS);
        wire.send(piece, this::left);
        if (!readAll) {
            caller.execute(this::read);
        }
    }

    private void stalled() {
        wire.lose(OwnVerdict.lost(
                "The server did not take a piece of the content within " + block.toSeconds() + " seconds", "4.4.2"));
    }
}
