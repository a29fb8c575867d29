package org.postern.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server with STARTTLS that has just the extensions that a test gives it, and remembers its commands as they came. */
public final class RecordingServer implements AutoCloseable {

    /**
     * What it took over.
     *
     * @param mail the whole command line
     * @param recipients the whole command lines
     * @param content without stuffed dots
     * @param withTls whether it came over TLS
     */
    public record Taken(String mail, List<String> recipients, byte[] content, boolean withTls) {}

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final List<String> extensions;
    private volatile boolean closing;

    /**
     * Starts one.
     *
     * @param tls its certificate
     * @param extensions what it announces beside STARTTLS
     */
    public RecordingServer(SSLContext tls, String... extensions) throws IOException {
        this.tls = tls;
        this.extensions = List.of(extensions);
        start("a recording server", this::accept);
    }

    /** {@return where it is, as a next hop} */
    public String nextHop() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** {@return all that it took over} */
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** {@return what went wrong in its sessions} */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        closing = true;
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!closing) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start("a session of a recording server", () -> serve(socket));
            }
        } catch (IOException e) {
            note(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new Dialogue(socket).run();
        } catch (IOException e) {
            note(e);
        }
    }

    /** Clients end sessions as they like, and so does the end of the test. */
    private void note(IOException e) {
        if (!closing && !(e instanceof EOFException)) {
            failures.add(e.toString());
        }
    }

    private final class Dialogue {
        private Socket socket;
        private InputStream in;
        private boolean withTls;
        private String mail = "";
        private final List<String> recipients = new ArrayList<>();

        Dialogue(Socket socket) throws IOException {
            use(socket);
        }

        void run() throws IOException {
            write("220 localhost");
            boolean goesOn = true;
            while (goesOn) {
                goesOn = answer(new String(readLine(), StandardCharsets.UTF_8));
            }
        }

        private boolean answer(String line) throws IOException {
            switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
                case "EHLO" -> hello();
                case "STARTTLS" -> starttls();
                case "MAIL" -> {
                    mail = line;
                    recipients.clear();
                    write("250 Sender");
                }
                case "RCPT" -> {
                    recipients.add(line);
                    write("250 Recipient");
                }
                case "DATA" -> {
                    write("354 Go on");
                    taken.add(new Taken(mail, List.copyOf(recipients), content(), withTls));
                    write("250 Recorded");
                }
                case "RSET", "NOOP" -> write("250 OK");
                case "QUIT" -> {
                    write("221 Bye");
                    return false;
                }
                default -> write("500 Unknown");
            }
            return true;
        }

        private void hello() throws IOException {
            write("250-localhost");
            for (String extension : extensions) {
                write("250-" + extension);
            }
            write(withTls ? "250 HELP" : "250 STARTTLS");
        }

        private void starttls() throws IOException {
            write("220 Go on");
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            withTls = true;
            use(secure);
        }

        private byte[] content() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] line = readLine();
            while (line.length != 1 || line[0] != '.') {
                int stuffed = line.length > 0 && line[0] == '.' ? 1 : 0;
                content.write(line, stuffed, line.length - stuffed);
                content.writeBytes(new byte[] {'\r', '\n'});
                line = readLine();
            }
            return content.toByteArray();
        }

        private void use(Socket next) throws IOException {
            socket = next;
            in = new BufferedInputStream(next.getInputStream());
        }

        /** Without its CRLF. A bare CR or LF stays in it. */
        private byte[] readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int before = 0;
            int octet = in.read();
            while (before != '\r' || octet != '\n') {
                if (octet < 0) {
                    throw new EOFException();
                }
                line.write(octet);
                before = octet;
                octet = in.read();
            }
            byte[] octets = line.toByteArray();
            return Arrays.copyOf(octets, octets.length - 1);
        }

        private void write(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }
}
