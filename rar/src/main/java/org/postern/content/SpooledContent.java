package org.postern.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.postern.MailContent;

/**
 * Content that is being received, and then read. First it is appended to by one thread, then {@link #complete} is called, then
 * it is read, and {@link #close} ends it.
 */
public final class SpooledContent implements MailContent, AutoCloseable {

    private static final int FIRST_ROOM = 4 * 1024;

    private final Spool spool;
    private final String id;
    private byte[] memory;
    private int inMemory;
    private long size;
    private Path file;
    private FileChannel channel;
    private boolean closed;

    SpooledContent(Spool spool, String id, long expectedSize) {
        this.spool = spool;
        this.id = id;
        // Some room beyond what was announced, for the trace field.
        this.memory = new byte[(int) Math.min(spool.memoryBound(), Math.max(FIRST_ROOM, expectedSize + 1024))];
    }

    /**
     * Adds octets.
     *
     * @param octets what remains in it is taken
     * @throws IOException if the file cannot be written
     */
    public void append(ByteBuffer octets) throws IOException {
        int length = octets.remaining();
        if (channel == null && !fitsInMemory(length)) {
            moveToFile();
        }
        if (channel != null) {
            write(octets);
        } else {
            octets.get(memory, inMemory, length);
            inMemory += length;
        }
        size += length;
    }

    /** Ends the receiving; what was appended can be read from now on. */
    public void complete() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public synchronized InputStream stream() throws IOException {
        requireOpen();
        return file == null ? new ByteArrayInputStream(memory, 0, inMemory) : Files.newInputStream(file);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void saveTo(Path target) throws IOException {
        requireOpen();
        if (file == null) {
            MailContent.super.saveTo(target);
            return;
        }
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException noLinks) {
            // Another file system, or one without links.
            MailContent.super.saveTo(target);
        }
    }

    /** Frees memory and file. What was saved elsewhere stays. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        memory = null;
        complete();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "The content of a message can be read only until its transaction has ended.");
        }
    }

    private boolean fitsInMemory(int more) {
        if (inMemory + more > spool.memoryBound()) {
            return false;
        }
        if (inMemory + more > memory.length) {
            int room = Math.max(2 * memory.length, inMemory + more);
            memory = Arrays.copyOf(memory, Math.min(spool.memoryBound(), room));
        }
        return true;
    }

    private void moveToFile() throws IOException {
        file = spool.file(id);
        channel = spool.open(file);
        write(ByteBuffer.wrap(memory, 0, inMemory));
        memory = null;
        inMemory = 0;
    }

    private void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }
}
