package org.postern.tls;

import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains that peers showed lately. An engine gives certificates anew with each session, and each has to be read to be compared or
 * asked anything: of octets that are known, the ones that have been read are used.
 */
final class KnownChains {

    private static final int MOST_REMEMBERED = 1_000;

    private final Recent<List<ByteBuffer>, List<X509Certificate>> chains = new Recent<>(MOST_REMEMBERED);

    /** {@return the same chain, in certificates that may have been read before} */
    List<X509Certificate> known(List<X509Certificate> chain) {
        List<ByteBuffer> key = new ArrayList<>(chain.size());
        try {
            for (X509Certificate certificate : chain) {
                key.add(ByteBuffer.wrap(certificate.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            // What cannot be written was not read from anywhere.
            return chain;
        }
        return chains.find(key).orElseGet(() -> {
            chains.put(key, chain);
            return chain;
        });
    }
}
