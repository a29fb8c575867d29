package org.postern.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** A client that notes which authorities the server names when it asks for a certificate. */
final class IssuersSeen extends X509ExtendedKeyManager {

    private final List<Principal> seen = new ArrayList<>();
    private boolean asked;

    static List<Principal> in(SSLEngine server) throws Exception {
        var client = new IssuersSeen();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {client},
                new TrustManager[] {new PeerTrustManager(PeerTrustManager.Check.NONE)},
                new SecureRandom());
        Bench.handshake(context.createSSLEngine("mx.example.org", 25), server);
        if (!client.asked) {
            throw new AssertionError("The server did not ask for a certificate.");
        }
        return client.seen;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        asked = true;
        if (issuers != null) {
            seen.addAll(List.of(issuers));
        }
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[0];
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return null;
    }
}
