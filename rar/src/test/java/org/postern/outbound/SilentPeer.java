package org.postern.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A mail server that takes connections, but greets nobody until the test has it speak; then it takes each message. */
final class SilentPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Acceptor acceptor;
    private final CountDownLatch speaks = new CountDownLatch(1);
    private final Semaphore taken = new Semaphore(0);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    SilentPeer() throws IOException {
        acceptor = new Acceptor("127.0.0.2", this::serve);
    }

    InetSocketAddress address() {
        return acceptor.address();
    }

    /** Waits until so many more connections were taken. */
    void awaitConnections(int more) throws InterruptedException {
        if (!taken.tryAcquire(more, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("There were " + connections() + " connections only.");
        }
    }

    int connections() {
        return sockets.size();
    }

    /** {@return one for each message that was taken} */
    List<String> messages() {
        return messages;
    }

    /** Greets all who wait, and all who come. */
    void speak() {
        speaks.countDown();
    }

    /** Hangs up on all, without a word. */
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        hangUp();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            sockets.add(socket);
            taken.release();
            speaks.await();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            say(socket, "220 peer");
            boolean isContent = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (isContent && line.equals(".")) {
                    isContent = false;
                    messages.add("taken");
                    say(socket, "250 2.0.0 taken");
                } else if (line.equals("DATA")) {
                    isContent = true;
                    say(socket, "354 Go");
                } else if (!isContent) {
                    say(socket, "250 OK");
                }
            }
        } catch (IOException | InterruptedException gone) {
            // Whoever was not to go sees it in what became of his message.
            return;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
