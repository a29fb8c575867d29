package org.postern.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Private keys as text: PKCS #8 (RFC 5958, RFC 7468), in clear or encrypted (PBES2 with AES-256, RFC 8018). */
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
     * Reads a key.
     *
     * @throws IOException with a full sentence that contains nothing of the key
     */
    static PrivateKey read(String pem, Optional<char[]> password) throws IOException {
        try (var parser = new PEMParser(new StringReader(pem))) {
            Object object = parser.readObject();
            if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return new JcaPEMKeyConverter().getPrivateKey(decrypt(encrypted, password));
            }
            if (object instanceof PrivateKeyInfo clear) {
                return new JcaPEMKeyConverter().getPrivateKey(clear);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("The private key is not PEM of PKCS #8.", e);
        }
        throw new IOException("The private key is not PEM of PKCS #8.");
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

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, Optional<char[]> password)
            throws IOException {
        if (password.isEmpty()) {
            throw new IOException("The private key is encrypted, but keyPasswordFile is not set.");
        }
        try {
            return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(password.get()));
        } catch (OperatorCreationException | PKCSException e) {
            throw new IOException("The private key cannot be decrypted with the password in keyPasswordFile.", e);
        }
    }
}
