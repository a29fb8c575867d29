package org.postern.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that takes any number of messages, and does one thing in its own way. */
public final class FaultyPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    /** The key of ML-KEM-768 alone has 1,184 octets. */
    private static final int LONG_HELLO = 1_184;

    /** An alert that no version of the client's is known (RFC 5246 section 7.2), as servers from before TLS 1.2 send it. */
    private static final byte[] OLD_VERSION = {21, 3, 2, 0, 2, 2, 70};

    /** What it does in its own way. */
    public enum Way {
        GOOD,
        NO_STARTTLS,
        STARTTLS_REFUSED,
        HANDSHAKE_BROKEN,
        OLD_TLS_ONLY,
        INJECTED,

        /** Closes the connection when the hello is as long as post-quantum key exchange makes it. */
        LONG_HELLO_CLOSED,

        /** Goes silent then. */
        LONG_HELLO_LOST
    }

    private final SSLContext tls;
    private final Way way;
    private final Consumer<SSLSocket> before;
    private final Acceptor acceptor;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    public FaultyPeer(SSLContext tls, Way way) throws IOException {
        this(tls, way, socket -> {});
    }

    /** One that does something to each socket before its handshake. */
    FaultyPeer(SSLContext tls, Way way, Consumer<SSLSocket> before) throws IOException {
        this.tls = tls;
        this.way = way;
        this.before = before;
        acceptor = new Acceptor("127.0.0.1", this::serve);
    }

    public int port() {
        return acceptor.port();
    }

    public int connections() {
        return connections.get();
    }

    /** {@return the messages, each after {@code clear} or {@code tls}} */
    public List<String> messages() {
        return messages;
    }

    /** {@return all commands, those in clear after {@code clear}} */
    public List<String> commands() {
        return commands;
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
    }

    private void serve(Socket plain) {
        Socket socket = plain;
        connections.incrementAndGet();
        try (plain) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean overTls = false;
            say(socket, "220 peer");
            for (String line = read(in); !line.isEmpty(); line = read(in)) {
                commands.add((overTls ? "tls " : "clear ") + line);
                String verb = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
                switch (verb) {
                    case "EHLO" ->
                        say(
                                socket,
                                overTls || way == Way.NO_STARTTLS ? "250-peer\r\n250 DSN" : "250-peer\r\n250 STARTTLS");
                    case "STARTTLS" -> {
                        if (way == Way.STARTTLS_REFUSED) {
                            say(socket, "454 4.7.0 Not now");
                        } else {
                            socket = secure(socket);
                            in = new BufferedInputStream(socket.getInputStream());
                            overTls = true;
                        }
                    }
                    case "DATA" -> {
                        say(socket, "354 Go");
                        StringBuilder content = new StringBuilder();
                        for (String next = read(in); !next.equals(".") && !next.isEmpty(); next = read(in)) {
                            content.append(next).append('\n');
                        }
                        messages.add((overTls ? "tls " : "clear ") + content);
                        say(socket, "250 2.0.0 taken");
                    }
                    case "QUIT" -> {
                        say(socket, "221 bye");
                        return;
                    }
                    default -> say(socket, "250 OK");
                }
            }
        } catch (IOException gone) {
            commands.add("gone " + gone.getMessage());
        }
    }

    private Socket secure(Socket socket) throws IOException {
        if (way == Way.INJECTED) {
            say(socket, "220 Go ahead\r\n250 injected");
        } else {
            say(socket, "220 Go ahead");
        }
        if (way == Way.HANDSHAKE_BROKEN || way == Way.OLD_TLS_ONLY) {
            socket.getInputStream().read(new byte[2048]);
            if (way == Way.OLD_TLS_ONLY) {
                socket.getOutputStream().write(OLD_VERSION);
                socket.getOutputStream().flush();
            }
            socket.close();
            throw new IOException("no TLS");
        }
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, hello(socket), true);
        secure.setUseClientMode(false);
        before.accept(secure);
        secure.startHandshake();
        return secure;
    }

    /** {@return the head of the first record, which is to be read once more; null where nobody looks at it} */
    private InputStream hello(Socket socket) throws IOException {
        if (way != Way.LONG_HELLO_CLOSED && way != Way.LONG_HELLO_LOST) {
            return null;
        }
        byte[] head = socket.getInputStream().readNBytes(5);
        if (head.length == 5 && ((head[3] & 0xff) << 8 | head[4] & 0xff) > LONG_HELLO) {
            if (way == Way.LONG_HELLO_LOST) {
                socket.getInputStream().readAllBytes();
            }
            throw new IOException("the hello is too long");
        }
        return new ByteArrayInputStream(head);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
