package org.postern.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.postern.NextHop;

/**
 * A mail server that plays transcripts, one for each connection, in their order. A line of a transcript is one of
 *
 * <pre>
 * S: text     a line of the server; lines in a row are written together, and only when the client waits for them
 * C: text     a line of the client, which must be just this
 * CONTENT n   n octets of the client
 * DATA        what the client sends up to and with the line with one dot
 * PEEK        wait until the client sends something
 * WAITS       the client has sent nothing more, as far as it has come
 * TLS         a TLS handshake; TLS FAILS: one that the client breaks off
 * HANG UP     the server closes the connection
 * SILENCE     the server says nothing more, until the client goes
 * CUT         the client goes in the middle of content, without its last dot
 * HOLD        the server reads nothing until the test releases it
 * </pre>
 *
 * <p>Behind its end the client must send nothing but QUIT, unless the transcript ended by HANG UP or in a failed handshake.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLContext tls;
    private final ServerSocket listener;
    private final List<String> transcripts;
    private final CountDownLatch played;
    private final List<byte[]> contents = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int sessions;

    public ScriptedServer(SSLContext tls, List<String> transcripts) throws IOException {
        this(tls, transcripts, InetAddress.getLoopbackAddress(), 0);
    }

    /** One of several at the same port, each at another of the addresses that mean this machine. */
    ScriptedServer(SSLContext tls, List<String> transcripts, InetAddress address, int port) throws IOException {
        this.tls = tls;
        this.transcripts = List.copyOf(transcripts);
        this.played = new CountDownLatch(transcripts.size());
        listener = new ServerSocket(port, 50, address);
        threads.execute(this::accept);
    }

    public NextHop nextHop() {
        return NextHop.of("localhost", listener.getLocalPort());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@return how many connections were made} */
    public int sessions() {
        return sessions;
    }

    /** {@return what CONTENT and DATA read} */
    public List<byte[]> contents() {
        return contents;
    }

    /** Ends HOLD. */
    void release() {
        released.countDown();
    }

    /** Waits until all transcripts were played, and fails if one was not. */
    @Override
    public void close() throws IOException {
        boolean areAllPlayed = areAllPlayed();
        listener.close();
        threads.shutdownNow();
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    "The dialogue was not as written: " + failures.get(0).getMessage(), failures.get(0));
        }
        if (!areAllPlayed) {
            throw new AssertionError("Of " + transcripts.size() + " connections there were " + sessions + ".");
        }
    }

    private boolean areAllPlayed() {
        try {
            return played.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void accept() {
        try {
            for (String transcript : transcripts) {
                Socket socket = listener.accept();
                socket.setSoTimeout(TIMEOUT_MILLIS);
                sessions++;
                threads.execute(() -> play(socket, transcript));
            }
        } catch (IOException closed) {
            failures.add(closed);
        }
    }

    private void play(Socket socket, String transcript) {
        try (Session session = new Session(socket)) {
            session.play(transcript.strip().split("\n"));
        } catch (IOException | AssertionError e) {
            failures.add(e);
        } finally {
            played.countDown();
        }
    }

    /** One connection. */
    private final class Session implements AutoCloseable {

        private Socket socket;
        private InputStream in;
        private boolean isOver;

        Session(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        void play(String[] lines) throws IOException {
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < lines.length && !isOver; i++) {
                if (lines[i].startsWith("S: ")) {
                    said.append(lines[i].substring(3)).append("\r\n");
                    if (i + 1 == lines.length || !lines[i + 1].startsWith("S: ")) {
                        say(said.toString());
                        said.setLength(0);
                    }
                } else {
                    direct(lines[i]);
                }
            }
            if (!isOver) {
                expect(readLine(), "", "QUIT\r\n");
            }
        }

        private void direct(String line) throws IOException {
            if (line.startsWith("C: ")) {
                expect(readLine(), line.substring(3) + "\r\n");
            } else if (line.startsWith("CONTENT ")) {
                contents.add(in.readNBytes(Integer.parseInt(line.substring(8))));
            } else {
                switch (line) {
                    case "DATA" -> contents.add(readToDot());
                    case "PEEK" -> peek();
                    case "WAITS" -> expect(Integer.toString(in.available()), "0");
                    case "TLS" -> startTls();
                    case "TLS FAILS" -> failTls();
                    case "HANG UP" -> isOver = true;
                    case "CUT" -> {
                        isOver = true;
                        assertCut(readAll());
                    }
                    case "HOLD" -> {
                        isOver = true;
                        hold();
                    }
                    case "SILENCE" -> {
                        isOver = true;
                        readAll();
                    }
                    default -> throw new AssertionError("no such line: " + line);
                }
            }
        }

        private void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        private String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int octet = 0;
            while (octet != '\n' && octet >= 0) {
                octet = in.read();
                if (octet >= 0) {
                    line.write(octet);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        private byte[] readToDot() throws IOException {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            String line = "";
            while (!line.equals(".\r\n")) {
                line = readLine();
                if (line.isEmpty()) {
                    throw new AssertionError("the content was cut");
                }
                data.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            }
            return data.toByteArray();
        }

        private String readAll() throws IOException {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException | SSLException reset) {
                return "";
            }
        }

        private void assertCut(String content) {
            if (content.endsWith("\r\n.\r\n")) {
                throw new AssertionError("the client ended content that it did not have");
            }
        }

        private void hold() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void peek() throws IOException {
            in.mark(1);
            in.read();
            in.reset();
        }

        private void startTls() throws IOException {
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            socket = secure;
            in = new BufferedInputStream(secure.getInputStream());
        }

        private void failTls() throws IOException {
            isOver = true;
            try {
                startTls();
                // In TLS 1.3 the server learns of it at its first read.
                if (in.read() >= 0) {
                    throw new AssertionError("the client went on after a handshake that it should have refused");
                }
            } catch (SSLException | SocketException expected) {
                return;
            }
        }

        private void expect(String actual, String... expected) {
            if (!List.of(expected).contains(actual)) {
                throw new AssertionError("expected " + List.of(expected) + " but the client said: " + actual);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
