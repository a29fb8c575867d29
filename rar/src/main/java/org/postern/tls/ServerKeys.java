package org.postern.tls;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import org.postern.certificate.Entry;

/**
 * Shows each client the certificate that suits it. The Java platform's engine asks for one algorithm of keys after the other,
 * so a worse certificate is given only where no better one can be shown.
 */
class ServerKeys extends Keys {

    private static final String EC = "EC";

    private final ServerCertificates certificates;
    private final Map<SSLEngine, Entry> rehearsed = new ConcurrentHashMap<>();

    ServerKeys(ServerCertificates certificates) {
        super(certificates.all());
        this.certificates = certificates;
    }

    /** Shows one certificate in one handshake, whatever the client asks for, so that each can be proven. */
    final void rehearse(SSLEngine engine, Entry entry) {
        rehearsed.put(engine, entry);
    }

    /** Ends that. */
    final void rehearsed(SSLEngine engine) {
        rehearsed.remove(engine);
    }

    /** {@return whether one has an RSA key} */
    final boolean haveRsa() {
        return certificates.has("RSA");
    }

    /** Frees what is outside the heap. */
    void close() {
        // Here there is nothing.
    }

    @Override
    public final String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return choose(candidates(engine), keyType, engine);
    }

    private List<Entry> candidates(SSLEngine engine) {
        Entry forced = rehearsed.isEmpty() ? null : rehearsed.get(engine);
        if (forced != null) {
            return List.of(forced);
        }
        List<Entry> all = certificates.all();
        return all.size() == 1
                ? all
                : certificates.candidates(
                        Sessions.serverName(engine.getHandshakeSession()).orElse(""));
    }

    /**
     * Chooses among what suits a client.
     *
     * @param candidates the best first
     * @param keyType the algorithm that the engine asks for
     * @param engine the engine
     * @return the alias, or null for none of this algorithm
     */
    String choose(List<Entry> candidates, String keyType, SSLEngine engine) {
        for (Entry candidate : candidates) {
            String algorithm = ServerCertificates.algorithm(candidate);
            if (algorithm.equals(keyType)) {
                return candidate.alias();
            }
            if (isStillToCome(algorithm, engine)) {
                return null;
            }
        }
        return null;
    }

    /**
     * In TLS 1.3 the engine asks in the order in which the client names signature algorithms, for all of them. In TLS 1.2 it asks
     * in the order of our cipher suites, those with elliptic curves first, for suites that the client has: when it asks for RSA,
     * curves have been in vain.
     */
    private static boolean isStillToCome(String algorithm, SSLEngine engine) {
        ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
        if (algorithm.equals(EC) && !session.getProtocol().equals("TLSv1.3")) {
            return false;
        }
        String suffix = algorithm.equals(EC) ? "ECDSA" : algorithm;
        for (String accepted : session.getPeerSupportedSignatureAlgorithms()) {
            if (accepted.endsWith(suffix) || accepted.startsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public final String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return null;
    }
}
