package org.postern.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLCredential;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;

/**
 * A certificate and its key as BoringSSL has them, read once and outside the heap.
 *
 * <p>Netty's own {@code addCredential} can be used only before a handshake, when the name that the client asks for is not known.
 * That is why this class uses what lies below Netty.
 */
final class Credential implements AutoCloseable {

    private final long address;
    private boolean freed;

    private Credential(long address) {
        this.address = address;
    }

    /**
     * Hands an entry over.
     *
     * @throws IllegalArgumentException with a sentence without its end, if BoringSSL does not take it
     */
    static Credential of(Entry entry) {
        long key = 0;
        long chain = 0;
        long made = 0;
        try {
            key = parse(keyPem(entry), bio -> SSL.parsePrivateKey(bio, null));
            chain = parse(ChainPem.write(entry.chain()).getBytes(StandardCharsets.US_ASCII), SSL::parseX509Chain);
            made = SSLCredential.newX509();
            SSLCredential.setPrivateKey(made, key);
            SSLCredential.setCertChain(made, chain);
            return new Credential(made);
        } catch (Exception e) {
            free(made);
            throw new IllegalArgumentException("BoringSSL does not take it: " + e.getMessage(), e);
        } finally {
            // The credential has references of its own.
            SSL.freePrivateKey(key);
            SSL.freeX509Chain(chain);
        }
    }

    /** Adds it behind those that the engine has been given for its handshake. Does nothing once it has been freed. */
    synchronized void addTo(ReferenceCountedOpenSslEngine engine) {
        if (freed) {
            return;
        }
        try {
            SSL.addCredential(engine.sslPointer(), address);
        } catch (Exception e) {
            throw new IllegalStateException("BoringSSL does not take the certificate: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (!freed) {
            freed = true;
            free(address);
        }
    }

    private static void free(long credential) {
        try {
            SSLCredential.free(credential);
        } catch (Exception e) {
            throw new IllegalStateException("BoringSSL has no credentials.", e);
        }
    }

    private static byte[] keyPem(Entry entry) {
        byte[] encoded = entry.key().getEncoded();
        byte[] base64 = Base64.getMimeEncoder().encode(encoded);
        ByteBuffer pem = ByteBuffer.allocate(base64.length + 64);
        pem.put("-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        pem.put(base64);
        pem.put("\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(encoded, (byte) 0);
        Arrays.fill(base64, (byte) 0);
        return pem.array();
    }

    /** Lets BoringSSL read a text, and wipes it, as it may be a key. */
    private static long parse(byte[] pem, Parser parser) throws Exception {
        ByteBuffer octets = ByteBuffer.allocateDirect(pem.length).put(pem);
        long bio = SSL.newMemBIO();
        try {
            SSL.bioWrite(bio, Buffer.address(octets), pem.length);
            return parser.parse(bio);
        } finally {
            SSL.freeBIO(bio);
            Arrays.fill(pem, (byte) 0);
            octets.clear().put(pem);
        }
    }

    @FunctionalInterface
    private interface Parser {
        long parse(long bio) throws Exception;
    }
}
