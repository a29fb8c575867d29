package org.postern.management;

import java.util.SortedMap;
import org.postern.administration.Description;
import org.postern.administration.Name;

/** The certificate store. */
@Description("The certificate store: certificates with their private keys. PEM can be pasted into the one-line fields.")
public interface CertificateStoreMXBean {

    /** An alias as a parameter. */
    String ALIAS = "A new name: a lower-case letter or digit, then up to 63 of a-z, 0-9, dot, underscore and hyphen.";

    /** A subject as a parameter. */
    String SUBJECT =
            "Whom it is for, on one line: CN=mx.example.org, O=Example, C=DE. CN is needed; O, OU, L, ST, C are not.";

    /** Host names as a parameter. */
    String HOST_NAMES = "Domain names and IP addresses that it is for, separated by commas.";

    /** A kind of key as a parameter. */
    String KEY = "EC-P256 (also if empty), EC-P384, RSA-2048, RSA-3072 or RSA-4096.";

    /** A password as a parameter. */
    String PASSWORD = "The password that it is encrypted with; empty if there is none. It is not kept.";

    /** A file as a parameter. */
    String FILE = "The path of a file on the gateway's machine.";

    @Description("The names of all certificates and requests.")
    String[] getAliases();

    @Description("A line for each: name, state, what it is active as, subject, key, validity.")
    String[] getSummary();

    @Description("The same as a table with all facts.")
    SortedMap<String, CertificateFacts> getTable();

    @Description("Which certificate expires first, and when; empty if there is none.")
    String getSoonestExpiry();

    @Description("Whole days until the first certificate expires, negative afterwards; 99999 if there is none.")
    long getDaysToExpiry();

    @Description(
            "How often the store's folder is looked at for files that were replaced by hand or by an ACME client, in seconds;"
                    + " 0 for never.")
    long getWatchSeconds();

    void setWatchSeconds(long seconds);

    @Description(
            "Whether a certificate whose extended key usage names servers only may be active as client; servers may refuse it.")
    boolean isAcceptServerAuthAsClient();

    void setAcceptServerAuthAsClient(boolean accept);

    @Description("Where the value of each setting here comes from.")
    String[] getSource();

    @Description("Makes a key and a certificate that is signed by the key itself.")
    String createSelfSigned(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("subject") @Description(SUBJECT) String subject,
            @Name("hostNames") @Description(HOST_NAMES) String hostNames,
            @Name("key") @Description(KEY) String key,
            @Name("days") @Description("How many days it is to be valid, 1 to 3650; 0 stands for 397.") int days);

    @Description("Makes a key and a request, to be exported from its own bean and signed by an authority.")
    String createRequest(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("subject") @Description(SUBJECT) String subject,
            @Name("hostNames") @Description(HOST_NAMES) String hostNames,
            @Name("key") @Description(KEY) String key);

    @Description("Imports what an authority has answered to a request. A later answer takes the place of the former.")
    String importAnswer(
            @Name("alias") @Description("The name of the request.") String alias,
            @Name("pem")
                    @Description("PEM or Base64: the certificate, alone or with its chain in any order, or PKCS #7.")
                    String pem);

    @Description("Imports the answer to a request from a file: PEM, DER or PKCS #7.")
    String importAnswerFile(
            @Name("alias") @Description("The name of the request.") String alias,
            @Name("file") @Description(FILE) String file);

    @Description("Imports a key and its chain from a PFX file (PKCS #12).")
    String importPfx(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("file") @Description(FILE) String file,
            @Name("password") @Description(PASSWORD) String password);

    @Description("Imports a key and its chain from the Base64 text of a PFX (PKCS #12).")
    String importPfxText(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("base64") @Description("The PFX as Base64; white space does not matter.") String base64,
            @Name("password") @Description(PASSWORD) String password);

    @Description("Imports a key and its chain as PEM.")
    String importPem(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("keyPem") @Description("The private key as PEM: PKCS #8, PKCS #1 or SEC 1.") String keyPem,
            @Name("chainPem") @Description("The certificate and those of its issuers as PEM, in any order.")
                    String chainPem,
            @Name("password") @Description(PASSWORD) String password);

    @Description("Imports a key and its chain from files; they may be one and the same.")
    String importPemFiles(
            @Name("alias") @Description(ALIAS) String alias,
            @Name("keyFile") @Description(FILE) String keyFile,
            @Name("chainFile") @Description(FILE) String chainFile,
            @Name("password") @Description(PASSWORD) String password);

    @Description(
            "Makes a self-signed certificate of the same subject and names as another, with a key of the other kind, for peers"
                    + " that cannot do the first; it serves beside the other at once where that one is active as server.")
    String createCompanion(
            @Name("alias") @Description("The name of the other certificate.") String alias,
            @Name("key") @Description("RSA-2048, RSA-3072 or RSA-4096, or EC-P256 or EC-P384 beside an RSA key.")
                    String key);

    @Description("Takes up what was put into the store's folder, after the same checks and proof as an import.")
    String reload();
}
