package org.postern.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postern.MailContent;

/**
 * Content that is being received, and then read. First it is appended to by one thread, then {@link #complete} is called, then
 * it is read, and {@link #close} ends it.
 */
public final class SpooledContent implements MailContent, AutoCloseable {

    private final Spool spool;
    private final String id;
    private Chunks memory;
    private Path file;
    private FileChannel channel;
    private long size;
    private boolean closed;

    SpooledContent(Spool spool, String id, long expectedSize) {
        this.spool = spool;
        this.id = id;
        this.memory = new Chunks(spool, expectedSize);
    }

    /**
     * Adds octets.
     *
     * @param octets what remains in it is taken
     * @throws IOException if the file cannot be written
     */
    public void append(ByteBuffer octets) throws IOException {
        size += octets.remaining();
        if (channel == null && !memory.append(octets)) {
            moveToFile();
        }
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private void moveToFile() throws IOException {
        file = spool.file(id);
        channel = spool.open(file);
        memory.writeTo(channel);
        memory.release();
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
        return file == null ? memory.stream() : Files.newInputStream(file);
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
        if (closed) {
            return;
        }
        closed = true;
        memory.release();
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
}
