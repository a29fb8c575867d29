package org.postern.container;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client on the JDK's sockets that sends just what it is told. */
public final class TestClient implements AutoCloseable {

    private final GarblingSocket connection;
    private Socket socket;
    private BufferedReader in;

    /** Connects. */
    public TestClient(InetSocketAddress address, boolean implicitTls) throws IOException {
        this(address, null);
        if (implicitTls) {
            tls();
        }
    }

    /** Connects from an address of this machine; null for any. */
    public TestClient(InetSocketAddress address, InetAddress from) throws IOException {
        connection = new GarblingSocket();
        connection.bind(from == null ? null : new InetSocketAddress(from, 0));
        connection.connect(address);
        socket = connection;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        reader();
    }

    /** Does the handshake; what was read before stays read. */
    public SSLSocket tls() throws IOException {
        return tls(null);
    }

    /** The same, with certificates to show. */
    public SSLSocket tls(KeyManager[] shown) throws IOException {
        return tls(shown, new TrustsEverybody());
    }

    /** The same, with a say in what is trusted. */
    public SSLSocket tls(KeyManager[] shown, TrustManager trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown, new TrustManager[] {trust}, null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.example.org", 25, true);
            tls.startHandshake();
            socket = tls;
            reader();
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** {@return the certificate that the server has shown} */
    public X509Certificate peer() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    /** Sends just this. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends just these. */
    public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    /** {@return the next line; null at the end} */
    public String line() throws IOException {
        return in.readLine();
    }

    /** {@return the last line of the next reply} */
    public String reply() throws IOException {
        String line = line();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** Begins a message. {@return the first reply that is not 250} */
    public String envelope(String recipient) throws IOException {
        for (String line : new String[] {
            "EHLO client.example", "MAIL FROM:<sender@client.example>", "RCPT TO:<" + recipient + ">", "DATA"
        }) {
            String reply = ask(line);
            if (reply == null) {
                throw new EOFException("There was no reply to " + line + ".");
            }
            if (!reply.startsWith("250")) {
                return reply;
            }
        }
        throw new IllegalStateException("DATA was answered 250.");
    }

    /** Sends a message. {@return the reply that decided} */
    public String message(String recipient, String content) throws IOException {
        String reply = envelope(recipient);
        if (!reply.startsWith("354")) {
            return reply;
        }
        send(content + ".\r\n");
        return reply();
    }

    /** Brings a message in one chunk (RFC 3030). {@return the reply to it} */
    public String chunk(String recipient, String content) throws IOException {
        ask("EHLO client.example");
        ask("MAIL FROM:<sender@client.example>");
        ask("RCPT TO:<" + recipient + ">");
        send("BDAT " + content.length() + " LAST\r\n" + content);
        return reply();
    }

    /** Sends a line. {@return the last line of its reply} */
    public String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    /** Says that nothing more is sent, over TLS with close_notify; replies can still be read. */
    public void shutDownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Has what comes from now on come changed, as if by somebody on the way; over TLS that is noticed. */
    public void garble() {
        connection.garbles = true;
    }

    /** Ends the stream of octets to the other side, over TLS without a word of that. */
    public void cutOutput() throws IOException {
        connection.shutdownOutput();
    }

    /** Breaks the connection off, so that the other side sees a reset, over TLS too without a word before. */
    public void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    /** Closes the connection. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }

    private void reader() throws IOException {
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static final class GarblingSocket extends Socket {

        private static final int TLS_HEADER = 5;

        private volatile boolean garbles;

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] octets, int from, int length) throws IOException {
                    int count = super.read(octets, from, length);
                    // The header of a record stays, or nobody would try to read it.
                    if (garbles && count > TLS_HEADER) {
                        octets[from + count - 1] ^= 1;
                    }
                    return count;
                }
            };
        }
    }

    private static final class TrustsEverybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Not a server.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The tests are about the protocol.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
