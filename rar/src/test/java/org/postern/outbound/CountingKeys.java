package org.postern.outbound;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509ExtendedKeyManager;
import org.postern.certificate.Entry;

/** The keys of a server, which tell full handshakes from resumed sessions: only in the former does it show a certificate. */
final class CountingKeys extends X509ExtendedKeyManager {

    private static final String ALIAS = "server";

    private final Entry served;
    private final AtomicInteger handshakes = new AtomicInteger();

    CountingKeys(Entry served) {
        this.served = served;
    }

    /** {@return how often the certificate was shown} */
    int fullHandshakes() {
        return handshakes.get();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        if (!keyType.equals(served.key().getAlgorithm())) {
            return null;
        }
        handshakes.incrementAndGet();
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return served.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return served.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException();
    }
}
