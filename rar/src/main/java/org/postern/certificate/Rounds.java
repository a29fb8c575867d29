package org.postern.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Bounds the work that a foreign file can ask for before its password is found right or wrong: it says itself how many rounds
 * make a key of a password, and how much memory that takes.
 */
final class Rounds {

    /** Many times what programs write: openssl 2,048, Windows 2,000, others up to a million. */
    private static final BigInteger MOST = BigInteger.valueOf(5_000_000);

    private static final ASN1ObjectIdentifier SCRYPT = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

    /** Cost, block size and parallelization multiplied (RFC 7914), in units of 128 octets: 128 MiB, eight times openssl's. */
    private static final BigInteger MOST_SCRYPT = BigInteger.valueOf(1 << 20);

    private Rounds() {}

    /**
     * Checks how the key of a PFX's checksum is made.
     *
     * @throws IOException with a full sentence, if that takes too much or cannot be read
     */
    static void check(MacData mac) throws IOException {
        AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
            check(algorithm);
        } else {
            check(mac.getIterationCount());
        }
    }

    /** {@return a provider that looks at the rounds before it decrypts} */
    static InputDecryptorProvider checked(InputDecryptorProvider provider) {
        return algorithm -> {
            try {
                check(algorithm);
            } catch (IOException e) {
                throw new OperatorCreationException(e.getMessage(), e);
            }
            return provider.get(algorithm);
        };
    }

    /** {@return what a checked provider said, if that is the reason of a failure} */
    static Optional<String> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooMuch refused) {
                return Optional.of(refused.getMessage());
            }
        }
        return Optional.empty();
    }

    /** All old ways and PBKDF2 have the salt first and the rounds second. */
    private static void check(AlgorithmIdentifier algorithm) throws IOException {
        try {
            ASN1Sequence parameters = ASN1Sequence.getInstance(algorithm.getParameters());
            if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                    || algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
                check(AlgorithmIdentifier.getInstance(parameters.getObjectAt(0)));
            } else if (algorithm.getAlgorithm().equals(SCRYPT)) {
                BigInteger work =
                        integer(parameters, 1).multiply(integer(parameters, 2)).multiply(integer(parameters, 3));
                require(work, MOST_SCRYPT);
            } else {
                check(integer(parameters, 1));
            }
        } catch (RuntimeException e) {
            // The library has more kinds of them for garbage than it tells of.
            throw new IOException("How the key is made of the password cannot be read.", e);
        }
    }

    private static void check(BigInteger rounds) throws IOException {
        require(rounds, MOST);
    }

    private static void require(BigInteger work, BigInteger most) throws IOException {
        if (work.compareTo(most) > 0) {
            throw new TooMuch("To make the key of the password it asks for " + work + " rounds, which is more than the "
                    + most + " that are allowed.");
        }
    }

    private static BigInteger integer(ASN1Sequence parameters, int index) {
        return ASN1Integer.getInstance(parameters.getObjectAt(index)).getValue();
    }

    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch(String sentence) {
            super(sentence);
        }
    }
}
