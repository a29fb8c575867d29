package org.postern.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of keys that are made here. */
public enum KeyKind {
    /** ECDSA on the curve P-256: what every peer of today can do at the least cost. */
    EC_P256("EC", new ECGenParameterSpec("secp256r1")),
    /** ECDSA on the curve P-384. */
    EC_P384("EC", new ECGenParameterSpec("secp384r1")),
    /** RSA with 2048 bits, for peers that know nothing else. */
    RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    /** RSA with 3072 bits. */
    RSA_3072("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    /** RSA with 4096 bits. */
    RSA_4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4));

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;

    KeyKind(String algorithm, AlgorithmParameterSpec parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    /**
     * Reads a kind.
     *
     * @param text its name, in any case
     * @throws IllegalArgumentException with a full sentence that lists the legal ones, if it is none of them
     */
    public static KeyKind parse(String text) {
        String wanted = text.trim().toUpperCase(Locale.ROOT);
        return Stream.of(values())
                .filter(kind -> kind.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The key must be one of "
                        + Stream.of(values()).map(KeyKind::toString).collect(Collectors.joining(", ")) + "."));
    }

    /** {@return what kind a key is, such as RSA-2048; also of kinds that are not made here} */
    public static String describe(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return "RSA-" + rsa.getModulus().bitLength();
        }
        return key instanceof ECKey ec ? "EC-P" + bits(ec) : key.getAlgorithm();
    }

    java.security.KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform cannot make a key " + this + ".", e);
        }
    }

    /** The signature that a key of at least this strength makes. */
    static String signatureOf(PublicKey key) {
        if (key instanceof ECKey ec) {
            return bits(ec) > LEAST_EC_BITS ? "SHA384withECDSA" : "SHA256withECDSA";
        }
        return "SHA256withRSA";
    }

    /**
     * Checks that peers will accept a key.
     *
     * @throws IllegalArgumentException with a full sentence, if it is too weak or of another kind
     */
    static void checkStrength(PublicKey key) {
        boolean strong = key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                || key instanceof ECKey ec && bits(ec) >= LEAST_EC_BITS;
        if (!strong) {
            throw new IllegalArgumentException("The key is " + describe(key)
                    + ", but must be RSA of at least 2048 bits, or EC on the curve P-256, P-384 or P-521.");
        }
    }

    private static int bits(ECKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
