package org.postern.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/** Private keys as text. Written is PKCS #8 (RFC 5958, RFC 7468), in clear or encrypted (PBES2 with AES-256, RFC 8018). */
final class KeyPem {

    private static final ASN1ObjectIdentifier AES_256 = NISTObjectIdentifiers.id_aes256_CBC;

    /** Rounds of PBKDF2 with HMAC-SHA-256, as OWASP advises. */
    private static final int ITERATIONS = 600_000;

    private KeyPem() {}

    static String write(PrivateKey key, Optional<char[]> password) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(key, password.isEmpty() ? null : encryptor(password.get())));
        }
        return text.toString();
    }

    /**
     * Reads the one key in a text: PKCS #8, PKCS #1 or SEC 1 (RFC 5915), in clear or encrypted with the password.
     *
     * @param password empty if nobody gave one
     * @throws IOException with a full sentence that contains nothing of the key
     */
    static PrivateKey read(String pem, Optional<char[]> password) throws IOException {
        List<Pem.Block> keys = Pem.read(pem).stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw new IOException("There must be one private key in PEM, but there are " + keys.size() + ".");
        }
        try (var parser = new PEMParser(new StringReader(keys.get(0).text()))) {
            return new JcaPEMKeyConverter().getPrivateKey(keyInfo(parser.readObject(), password));
        } catch (PEMException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static PrivateKeyInfo keyInfo(Object read, Optional<char[]> password) throws IOException {
        if (read instanceof PrivateKeyInfo clear) {
            return clear;
        }
        if (read instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (read instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            return decrypt(encrypted, needed(password));
        }
        if (read instanceof PEMEncryptedKeyPair encrypted) {
            return decrypt(encrypted, needed(password));
        }
        // Null, too: the parser's answer to what it does not know.
        throw unreadable(null);
    }

    private static char[] needed(Optional<char[]> password) throws IOException {
        return password.orElseThrow(() -> new IOException("The private key is encrypted, but no password is given."));
    }

    private static IOException unreadable(Exception cause) {
        return new IOException("The private key is not PEM of PKCS #8, PKCS #1 or SEC 1.", cause);
    }

    private static OutputEncryptor encryptor(char[] password) throws IOException {
        try {
            return new JceOpenSSLPKCS8EncryptorBuilder(AES_256)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(PKCS8Generator.PRF_HMACSHA256)
                    .setIterationCount(ITERATIONS)
                    .setPassword(Arrays.copyOf(password, password.length))
                    .build();
        } catch (OperatorCreationException e) {
            throw new IOException("The private key could not be encrypted.", e);
        }
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, char[] password) throws IOException {
        try {
            return encrypted.decryptPrivateKeyInfo(Rounds.checked(decryptor(encrypted, password)));
        } catch (OperatorCreationException | PKCSException | RuntimeException e) {
            throw wrong(e);
        }
    }

    /** One of the library's two knows scrypt (RFC 7914), the other one what openssl wrote before PBES2. */
    private static InputDecryptorProvider decryptor(PKCS8EncryptedPrivateKeyInfo encrypted, char[] password)
            throws OperatorCreationException {
        boolean modern = encrypted
                .toASN1Structure()
                .getEncryptionAlgorithm()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.id_PBES2);
        var provider = new BouncyCastleProvider();
        return modern
                ? new JcePKCSPBEInputDecryptorProviderBuilder()
                        .setProvider(provider)
                        .build(password)
                : new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(provider)
                        .build(password);
    }

    private static PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted, char[] password) throws IOException {
        try {
            return encrypted
                    .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(password))
                    .getPrivateKeyInfo();
        } catch (IOException | RuntimeException e) {
            throw wrong(e);
        }
    }

    private static IOException wrong(Exception cause) {
        return new IOException(
                Rounds.refusal(cause).orElse("The private key cannot be decrypted with the password."), cause);
    }
}
