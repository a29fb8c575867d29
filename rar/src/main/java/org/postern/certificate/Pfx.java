package org.postern.certificate;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/**
 * Reads PFX (PKCS #12, RFC 7292): the old encryption with RC2 and 3DES as well as PBES2. Taken apart here and not by a
 * {@link java.security.KeyStore}, which passes over keys that have the same name.
 */
final class Pfx {

    private final BouncyCastleProvider provider = new BouncyCastleProvider();
    private final char[] password;
    private final List<PrivateKey> keys = new ArrayList<>();
    private final List<X509Certificate> certificates = new ArrayList<>();

    private Pfx(char[] password) {
        this.password = password;
    }

    /**
     * Reads one.
     *
     * @param octets the file
     * @param password the password, which the caller wipes
     * @throws IOException with a full sentence, if it is none, the password is wrong, or it has not exactly one key
     */
    static KeyAndCertificates read(byte[] octets, char[] password) throws IOException {
        if (octets.length > Pem.MOST_OCTETS) {
            throw new IOException("The PFX is larger than 1 MiB, which none with one key is.");
        }
        PKCS12PfxPdu pfx = parse(octets);
        var reader = new Pfx(password);
        reader.read(pfx);
        if (reader.keys.size() != 1) {
            throw new IOException("The PFX must have one private key, but has " + reader.keys.size() + ".");
        }
        return new KeyAndCertificates(reader.keys.get(0), reader.certificates);
    }

    private static PKCS12PfxPdu parse(byte[] octets) throws IOException {
        try {
            return new PKCS12PfxPdu(octets);
        } catch (IOException | RuntimeException e) {
            throw new IOException("It is not a PFX (PKCS #12).", e);
        }
    }

    private void read(PKCS12PfxPdu pfx) throws IOException {
        try {
            if (pfx.hasMac() && !isMacValid(pfx)) {
                throw new IOException(wrongPassword());
            }
            for (ContentInfo content : pfx.getContentInfos()) {
                readBags(content);
            }
        } catch (PKCSException | RuntimeException e) {
            throw new IOException(Rounds.refusal(e).orElse(wrongPassword() + " Or it is damaged."), e);
        }
    }

    private boolean isMacValid(PKCS12PfxPdu pfx) throws PKCSException, IOException {
        MacData mac = pfx.toASN1Structure().getMacData();
        Rounds.check(mac);
        return pfx.isMacValid(new JcePKCS12MacCalculatorBuilderProvider().setProvider(provider), padded());
    }

    /**
     * The library has no empty passwords. A zero in place of one makes the same key: the old way ends every password with
     * zeros and repeats them to fill a block (RFC 7292 appendix B), and the new way fills it up with zeros (RFC 2104).
     */
    private char[] padded() {
        return password.length == 0 ? new char[1] : password;
    }

    private String wrongPassword() {
        return password.length == 0
                ? "The PFX cannot be read without a password; give the one it has."
                : "The password does not open the PFX.";
    }

    private void readBags(ContentInfo content) throws PKCSException, IOException {
        boolean encrypted = content.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
        var bags = encrypted ? new PKCS12SafeBagFactory(content, decryptor()) : new PKCS12SafeBagFactory(content);
        for (PKCS12SafeBag bag : bags.getSafeBags()) {
            take(bag.getBagValue());
        }
    }

    private void take(Object value) throws PKCSException, IOException {
        if (value instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            keys.add(key(encrypted.decryptPrivateKeyInfo(decryptor())));
        } else if (value instanceof PrivateKeyInfo clear) {
            keys.add(key(clear));
        } else if (value instanceof X509CertificateHolder certificate) {
            certificates.add(Der.certificate(certificate.getEncoded()));
        }
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException {
        return new JcaPEMKeyConverter().getPrivateKey(info);
    }

    private InputDecryptorProvider decryptor() {
        return Rounds.checked(new JcePKCSPBEInputDecryptorProviderBuilder()
                .setProvider(provider)
                .build(padded()));
    }
}
