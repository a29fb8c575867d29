package org.postern.tls;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;

/** Whether keys and signatures withstand attacks of today (NIST SP 800-57 part 1: 112 bits of security). */
final class Strength {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    private Strength() {}

    static boolean isEnough(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean brokenHash = signature.startsWith("MD") || signature.startsWith("SHA1");
        return !brokenHash && isEnough(certificate.getPublicKey());
    }

    static boolean isEnough(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
        }
        return key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("RSASSA-PSS");
    }
}
