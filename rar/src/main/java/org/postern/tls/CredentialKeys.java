package org.postern.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.postern.certificate.Entry;

/**
 * The same for BoringSSL: it is given all that suits a client, the best first, and takes the first that the client's signature
 * algorithms and cipher suites allow.
 */
final class CredentialKeys extends ServerKeys {

    private final Map<String, Credential> credentials = new HashMap<>();

    CredentialKeys(ServerCertificates certificates) {
        super(certificates);
        // A single certificate is given by its alias, as the last of several is.
        if (certificates.all().size() > 1) {
            certificates.all().forEach(entry -> credentials.put(entry.alias(), Credential.of(entry)));
        }
    }

    /** {@return the last one, which Netty adds behind the others; BoringSSL is asked once, so the algorithm says nothing} */
    @Override
    String choose(List<Entry> candidates, String keyType, SSLEngine engine) {
        int last = candidates.size() - 1;
        for (Entry candidate : candidates.subList(0, last)) {
            credentials.get(candidate.alias()).addTo((ReferenceCountedOpenSslEngine) engine);
        }
        return candidates.get(last).alias();
    }

    @Override
    void close() {
        credentials.values().forEach(Credential::close);
    }
}
