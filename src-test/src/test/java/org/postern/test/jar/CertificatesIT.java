package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.ChildProcess;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.Programs;
import org.postern.test.SmtpDialogue;

/** Certificates of the started gateway, changed as in JConsole while openssl, curl and the Java platform look at them. */
class CertificatesIT {

    private static final String STORE = "CertificateStore";
    private static final String SENDER = "sender@example.com";

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    private final Management management = gateway.management();

    @BeforeAll
    static void start() throws IOException {
        makeAuthority();
        gateway = RunningGateway.start(folder, Map.of(), "host=127.0.0.1", "port=0", "implicitTlsPort=0");
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
    }

    /** Each test begins with the certificate of the first start. */
    @BeforeEach
    @AfterEach
    void showDefault() throws IOException, JMException {
        management.set("ServerTls", "ClientCertificate", "DO_NOT_REQUEST");
        management.set("ServerTls", "Level", "ATTEMPT");
        management.invoke("Certificate,name=default", "activateAsServer");
        for (String alias : (String[]) management.get(STORE, "Aliases")) {
            if (!alias.equals("default")) {
                String certificate = "Certificate,name=" + alias;
                if (((String[]) management.get(certificate, "Roles")).length > 0) {
                    management.invoke(certificate, "deactivateAsServer");
                }
                management.invoke(certificate, "delete");
            }
        }
    }

    @Test
    void sessionUnderWayShouldGoOnWhileTheNextOneSeesTheNewCertificate() throws Exception {
        try (SmtpDialogue first = SmtpDialogue.openWithStarttls(gateway.port());
                SmtpDialogue firstImplicit = SmtpDialogue.openWithTls(implicitTlsPort())) {
            firstImplicit.say("EHLO client.example.org");
            management.invoke(
                    STORE, "createSelfSigned", "mail-2027", "CN=new.example.org", "new.example.org", "EC-P256", 90);
            assertThat(management.invoke("Certificate,name=mail-2027", "activateAsServer"))
                    .asString()
                    .contains("mail-2027", "CN=new.example.org");

            assertThat(shown(gateway.port(), "-starttls", "smtp")).isEqualTo(live());
            assertThat(shown(implicitTlsPort())).isEqualTo(live());
            assertThat(live()).isEqualTo(management.text("Certificate,name=mail-2027", "Fingerprint"));
            try (SmtpDialogue second = SmtpDialogue.openWithStarttls(gateway.port())) {
                assertThat(second.deliver(SENDER, content(), "second@localhost"))
                        .startsWith("250 ");
            }
            assertThat(first.deliver(SENDER, content(), "first@localhost")).startsWith("250 ");
            assertThat(firstImplicit.deliver(SENDER, content(), "first-implicit@localhost"))
                    .startsWith("250 ");
        }
        assertThat(Stream.of("first", "second", "first-implicit"))
                .allSatisfy(name -> assertThat(gateway.mailbox(name)).hasSize(1));
    }

    @Test
    void requestShouldBeSignedByOpensslAndTheAnswerBePastedOnOneLine() throws Exception {
        management.invoke(STORE, "createRequest", "requested", "CN=mx.example.org", "mx.example.org", "EC-P256");
        assertThatThrownBy(() -> management.invoke("Certificate,name=requested", "activateAsServer"))
                .hasMessageContaining("PENDING")
                .hasMessageContaining("Nothing was changed");
        String request = (String) management.invoke("Certificate,name=requested", "exportRequest");
        Files.writeString(folder.resolve("mx.csr"), request);
        sign("mx.csr", "mx.pem", "subjectAltName=DNS:mx.example.org");
        String pasted = Files.readString(folder.resolve("mx.pem")).replace('\n', ' ');

        assertThat(management.invoke(STORE, "importAnswer", "requested", pasted))
                .asString()
                .contains("CN=mx.example.org");
        management.invoke("Certificate,name=requested", "activateAsServer");

        ChildProcess client = client(
                gateway.port(),
                "-starttls",
                "smtp",
                "-CAfile",
                file("root.pem"),
                "-verify_return_error",
                "-verify_hostname",
                "mx.example.org");
        assertThat(client.awaitExit()).as(client.output()).isZero();
        assertThat(client.output()).contains("Verification: OK").contains("221 2.0.0");
    }

    @Test
    void nameAskedForShouldChooseAmongCertificatesAndAnUnknownOneGetTheDefault() throws Exception {
        for (String name : List.of("a", "b")) {
            String host = name + ".example.org";
            management.invoke(STORE, "createSelfSigned", name, "CN=" + host, host, "EC-P256", 0);
            management.invoke("Certificate,name=" + name, "activateAsServer");
        }
        management.invoke(STORE, "createCompanion", "b", "RSA-2048");

        String a = management.text("Certificate,name=a", "Fingerprint");
        String b = management.text("Certificate,name=b", "Fingerprint");
        assertThat(shown(gateway.port(), "-starttls", "smtp", "-servername", "a.example.org"))
                .isEqualTo(a);
        assertThat(shown(implicitTlsPort(), "-servername", "a.example.org")).isEqualTo(a);
        assertThat(shown(gateway.port(), "-starttls", "smtp", "-servername", "b.example.org"))
                .isEqualTo(b);
        assertThat(shown(gateway.port(), "-starttls", "smtp", "-servername", "unknown.example.org"))
                .isEqualTo(b);
        assertThat(shown(gateway.port(), "-starttls", "smtp", "-sigalgs", "RSA-PSS+SHA256"))
                .isEqualTo(management.text("Certificate,name=b-rsa-2048", "Fingerprint"));
        assertThat(shown(gateway.port(), "-starttls", "smtp", "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384"))
                .isEqualTo(management.text("Certificate,name=b-rsa-2048", "Fingerprint"));
    }

    @Test
    void clientCertificateShouldBeVerifiedByOurOwnAnchorsAndStandInTheTrace() throws Exception {
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout client.key -out client.csr"
                + " -subj /CN=partner.example.org");
        sign("client.csr", "client.pem", "extendedKeyUsage=clientAuth");
        management.set("ServerTls", "Level", "REQUIRE");
        management.set("ServerTls", "ClientCertificate", "REQUEST");
        assertThat(curl("unknown").awaitExit()).isZero();
        assertThat(stored("unknown")).contains("CN=partner.example.org").contains("not issued by a trusted authority");

        management.invoke("TrustStore", "add", "partners", Files.readString(folder.resolve("root.pem")));
        management.set("ServerTls", "ClientCertificate", "REQUIRE");
        ChildProcess verified = curl("verified");
        assertThat(verified.awaitExit()).as(verified.output()).isZero();
        assertThat(stored("verified")).contains("CN=partner.example.org").contains("verified");

        management.invoke("TrustStore", "remove", "partners");
        assertThat(curl("refused").awaitExit()).isNotZero();
        assertThat(gateway.mailbox("refused")).isEmpty();
    }

    @Test
    void refusalShouldSayWhatIsWrongAndChangeNothing() throws Exception {
        String before = live();
        Object aliases = management.get(STORE, "Aliases");
        openssl("genrsa -out weak.key 1024");
        openssl("req -x509 -key weak.key -out weak.pem -subj /CN=weak.example.org -days 9");
        assertThatThrownBy(() ->
                        management.invoke(STORE, "importPemFiles", "weak", file("weak.key"), file("weak.pem"), ""))
                .hasMessageContaining("RSA of at least 2048 bits")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> management.invoke(STORE, "importPfxText", "garbage", "garbage", ""))
                .hasMessageContaining("not a PFX")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> management.invoke("Certificate,name=default", "delete"))
                .hasMessageContaining("default server certificate")
                .hasMessageContaining("Nothing was changed");
        assertThat(management.get(STORE, "Aliases")).isEqualTo(aliases);
        assertThat(shown(gateway.port(), "-starttls", "smtp")).isEqualTo(before);
    }

    private String live() {
        return management.text("ServerTls", "CertificateFingerprint");
    }

    private int implicitTlsPort() {
        return management.number("Listener,name=smtp", "ImplicitTlsPort");
    }

    /** {@return the fingerprint of what openssl is shown} */
    private static String shown(int port, String... arguments) throws IOException {
        ChildProcess client = client(port, arguments);
        assertThat(client.awaitExit()).as(client.output()).isZero();
        String output = client.output();
        int begin = output.indexOf("-----BEGIN CERTIFICATE-----");
        int end = output.indexOf("-----END CERTIFICATE-----");
        assertThat(begin).as(output).isNotNegative();
        Path pem = Files.writeString(
                folder.resolve("shown.pem"), output.substring(begin, end) + "-----END CERTIFICATE-----\n");
        String fingerprint = openssl("x509 -noout -fingerprint -sha256 -in " + pem);
        return fingerprint
                .substring(fingerprint.indexOf('=') + 1)
                .strip()
                .replace(":", "")
                .toLowerCase();
    }

    private static ChildProcess client(int port, String... arguments) throws IOException {
        var all =
                Stream.concat(Stream.of("s_client", "-connect", "127.0.0.1:" + port, "-ign_eof"), Stream.of(arguments));
        return Programs.run("openssl", "QUIT\r\n", all.toArray(String[]::new));
    }

    private static ChildProcess curl(String localPart) throws IOException {
        Path content = Files.write(folder.resolve("curl.eml"), content());
        return Programs.run(
                "curl",
                "",
                "--silent",
                "--show-error",
                "--ssl-reqd",
                "--insecure",
                "--cert",
                file("client.pem"),
                "--key",
                file("client.key"),
                "smtp://127.0.0.1:" + gateway.port() + "/client.example.org",
                "--mail-from",
                SENDER,
                "--mail-rcpt",
                localPart + "@localhost",
                "--upload-file",
                content.toString());
    }

    private static String stored(String localPart) throws IOException {
        List<Path> messages = gateway.mailbox(localPart);
        assertThat(messages).hasSize(1);
        return Files.readString(messages.get(0)).replace("\r\n\t", " ");
    }

    private static byte[] content() {
        return Mail.withSubject(Mail.subject());
    }

    private static void makeAuthority() throws IOException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout root.key -out root.pem -days 99"
                + " -subj /CN=Root");
    }

    private static void sign(String request, String certificate, String extension) throws IOException {
        Files.writeString(folder.resolve("extension"), extension + "\n");
        openssl("x509 -req -in " + request + " -CA root.pem -CAkey root.key -CAcreateserial -extfile extension -days 90"
                + " -out " + certificate);
    }

    private static String openssl(String arguments) throws IOException {
        ChildProcess openssl = Programs.runIn(folder, "openssl", arguments.split(" "));
        assertThat(openssl.awaitExit()).as(openssl.output()).isZero();
        return openssl.output();
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }
}
