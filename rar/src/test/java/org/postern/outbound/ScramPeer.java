package org.postern.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server with TLS and SCRAM-SHA-256 (RFC 5802, RFC 7677) of its own making, which takes mail of whoever knows a password. */
final class ScramPeer implements AutoCloseable {

    /** What it does in its own way. */
    enum Way {
        HONEST,

        /** Takes every proof, and signs by another password. */
        SIGNS_WRONGLY,

        /** Takes every proof, and proves nothing itself. */
        DOES_NOT_SIGN,

        /** Goes on with a nonce that is not the client's, as one that plays back an older dialogue. */
        FOREIGN_NONCE,

        /** Says that it knows nobody of that name instead of signing. */
        REFUSES
    }

    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int ROUNDS = 4096;

    private final SSLContext tls;
    private final String password;
    private final Way way;
    private final Acceptor acceptor;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ScramPeer(SSLContext tls, String password, Way way) throws IOException {
        this.tls = tls;
        this.password = password;
        this.way = way;
        acceptor = new Acceptor("127.0.0.1", this::serve);
    }

    int port() {
        return acceptor.port();
    }

    /** {@return what clients said under TLS, with the text of SCRAM decoded} */
    List<String> lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
    }

    private void serve(Socket accepted) {
        try (Socket plain = accepted) {
            Dialogue clear = new Dialogue(plain);
            clear.say("220 peer");
            while (!clear.read().equals("STARTTLS")) {
                clear.say("250-peer\r\n250 STARTTLS");
            }
            clear.say("220 Go ahead");
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            converse(new Dialogue(secure));
        } catch (IOException gone) {
            lines.add("gone");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void converse(Dialogue dialogue) throws IOException, GeneralSecurityException {
        for (String line = dialogue.read(); ; line = dialogue.read()) {
            String verb = line.split("[ :]")[0];
            if (verb.equals("AUTH")) {
                authenticate(dialogue, line.substring("AUTH SCRAM-SHA-256 ".length()));
                continue;
            }
            lines.add(line);
            switch (verb) {
                case "EHLO" -> dialogue.say("250-peer\r\n250 AUTH SCRAM-SHA-256 PLAIN LOGIN");
                case "DATA" -> {
                    dialogue.say("354 Go");
                    while (!dialogue.read().equals(".")) {
                        continue;
                    }
                    dialogue.say("250 taken");
                }
                default -> dialogue.say("250 OK");
            }
        }
    }

    private void authenticate(Dialogue dialogue, String initial) throws IOException, GeneralSecurityException {
        String first = decoded(initial);
        String bare = first.substring("n,,".length());
        String nonce = bare.substring(bare.indexOf(",r=") + 3) + "server";
        String challenge = "r=" + (way == Way.FOREIGN_NONCE ? "server" + nonce : nonce) + ",s="
                + Base64.getEncoder().encodeToString(SALT) + ",i=" + ROUNDS;
        String last = decoded(dialogue.ask(challenge));
        if (last.equals("*")) {
            dialogue.say("501 5.7.0 As you like");
            return;
        }
        int proofAt = last.indexOf(",p=");
        byte[] signed = (bare + "," + challenge + "," + last.substring(0, proofAt)).getBytes(StandardCharsets.UTF_8);
        if (way == Way.HONEST && !proves(Base64.getDecoder().decode(last.substring(proofAt + 3)), signed)) {
            dialogue.say("535 5.7.8 That is not the password");
            return;
        }
        if (way == Way.DOES_NOT_SIGN) {
            dialogue.say("235 2.7.0 Welcome");
            return;
        }
        String known = way == Way.SIGNS_WRONGLY ? password + "?" : password;
        byte[] signature = hmac(hmac(salted(known), "Server Key".getBytes(StandardCharsets.US_ASCII)), signed);
        String proof = "v=" + Base64.getEncoder().encodeToString(signature);
        String end = decoded(dialogue.ask(way == Way.REFUSES ? "e=unknown-user" : proof));
        dialogue.say(end.equals("*") ? "501 5.7.0 As you like" : "235 2.7.0 Welcome");
    }

    /** {@return whether a proof is of the client key whose hash is the stored key (RFC 5802 section 3)} */
    private boolean proves(byte[] proof, byte[] signed) throws GeneralSecurityException {
        byte[] stored = sha256(hmac(salted(password), "Client Key".getBytes(StandardCharsets.US_ASCII)));
        byte[] signature = hmac(stored, signed);
        byte[] key = new byte[signature.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (signature[i] ^ proof[i]);
        }
        return Arrays.equals(sha256(key), stored);
    }

    private String decoded(String line) {
        String text = line.equals("*") ? line : new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        lines.add(text);
        return text;
    }

    private static byte[] salted(String password) throws GeneralSecurityException {
        var spec = new PBEKeySpec(password.toCharArray(), SALT, ROUNDS, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(octets);
    }

    /** Lines, there and back. */
    private static final class Dialogue {

        private final Socket socket;
        private final BufferedReader in;

        Dialogue(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String read() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the client left");
            }
            return line;
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        String ask(String challenge) throws IOException {
            say("334 " + Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.UTF_8)));
            return read();
        }
    }
}
