package org.postern.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** A session with a server, spoken line by line, so that a test reads as a dialogue. */
public final class SmtpDialogue implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Socket socket;
    private InputStream in;

    private SmtpDialogue(Socket socket) throws IOException {
        use(socket);
    }

    /** Begins a session in clear and reads the greeting. */
    public static SmtpDialogue open(int port) throws IOException {
        SmtpDialogue dialogue = new SmtpDialogue(new Socket(InetAddress.getLoopbackAddress(), port));
        dialogue.greeting();
        return dialogue;
    }

    /** Begins a session on a port where TLS comes first, and reads the greeting. */
    public static SmtpDialogue openWithTls(int port) throws IOException {
        SmtpDialogue dialogue = new SmtpDialogue(new Socket(InetAddress.getLoopbackAddress(), port));
        dialogue.handshake();
        dialogue.greeting();
        return dialogue;
    }

    /** Begins a session, asks for TLS, and says EHLO anew. */
    public static SmtpDialogue openWithStarttls(int port) throws IOException {
        SmtpDialogue dialogue = open(port);
        dialogue.say("EHLO client.example.org");
        dialogue.starttls();
        dialogue.say("EHLO client.example.org");
        return dialogue;
    }

    /** Says a line. {@return the reply, its lines joined by line feeds} */
    public String say(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return read();
    }

    /** Sends octets as they are, whose reply may be long in coming. */
    public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** Asks for TLS and makes the handshake. */
    public void starttls() throws IOException {
        String reply = say("STARTTLS");
        if (!reply.startsWith("220")) {
            throw new IOException("STARTTLS was answered " + reply);
        }
        handshake();
    }

    /** Hands over a message. {@return the first negative reply to an address, else the reply to the content} */
    public String deliver(String from, byte[] content, String... recipients) throws IOException {
        String reply = say("MAIL FROM:<" + from + ">");
        for (int i = 0; i < recipients.length && reply.startsWith("250"); i++) {
            reply = say("RCPT TO:<" + recipients[i] + ">");
        }
        return reply.startsWith("250") ? content(content) : reply;
    }

    /** Sends the content of a message whose recipients were accepted. */
    public String content(byte[] content) throws IOException {
        String reply = say("DATA");
        if (!reply.startsWith("354")) {
            return reply;
        }
        send(stuffed(content));
        return say(".");
    }

    /** {@return the next reply, which may come unasked} */
    public String read() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line = readLine();
        while (line.length() > 3 && line.charAt(3) == '-') {
            reply.append(line).append('\n');
            line = readLine();
        }
        return reply.append(line).toString();
    }

    /** {@return whether the server has ended the connection} */
    public boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    /** {@return the version of TLS in use} */
    public String protocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void greeting() throws IOException {
        String greeting = read();
        if (!greeting.startsWith("220 ")) {
            close();
            throw new IOException("The greeting was " + greeting);
        }
    }

    private void handshake() throws IOException {
        SSLSocket tls = (SSLSocket)
                Authority.trustingAll().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        use(tls);
    }

    private void use(Socket next) throws IOException {
        socket = next;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                throw new EOFException("The server ended the connection after \"" + line + "\".");
            }
            if (octet != '\r') {
                line.write(octet);
            }
            octet = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Doubles dots at the beginning of a line (RFC 5321 section 4.5.2). */
    private static byte[] stuffed(byte[] content) {
        ByteArrayOutputStream stuffed = new ByteArrayOutputStream();
        boolean lineStarts = true;
        for (byte octet : content) {
            if (lineStarts && octet == '.') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            lineStarts = octet == '\n';
        }
        return stuffed.toByteArray();
    }
}
