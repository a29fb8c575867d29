package org.postern.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.postern.TlsFailure;

/** Asks a check during the handshake. Names no authorities to the peer: not the Java platform's, and no list to learn from. */
final class PeerTrustManager extends X509ExtendedTrustManager {

    /** Whether what a peer shows is an obstacle. */
    @FunctionalInterface
    interface Check {

        /** What a peer shows is no obstacle to the handshake. */
        Check NONE = (chain, host) -> Optional.empty();

        /** {@return what does not hold; empty to go on} */
        Optional<TlsFailure> verify(List<X509Certificate> chain, String peerHost);
    }

    private final BiFunction<List<X509Certificate>, SSLEngine, Optional<TlsFailure>> check;

    PeerTrustManager(Check check) {
        this.check = (chain, engine) -> check.verify(chain, engine.getPeerHost());
    }

    private PeerTrustManager(BiFunction<List<X509Certificate>, SSLEngine, Optional<TlsFailure>> check) {
        this.check = check;
    }

    /** {@return one that asks a check that tells the peer by its engine} */
    static PeerTrustManager byEngine(BiFunction<List<X509Certificate>, SSLEngine, Optional<TlsFailure>> check) {
        return new PeerTrustManager(check);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void verify(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        Optional<TlsFailure> failure = check.apply(List.of(chain), engine);
        if (failure.isPresent()) {
            throw new UnverifiedException(failure.get(), chain[0]);
        }
    }

    private static CertificateException noEngine() {
        return new CertificateException("The peer cannot be told without its engine.");
    }
}
