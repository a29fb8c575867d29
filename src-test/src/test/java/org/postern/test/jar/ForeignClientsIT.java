package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.test.ChildProcess;
import org.postern.test.Mail;
import org.postern.test.Postfix;
import org.postern.test.Programs;

/** Mail programs of others send over TLS, verify the gateway's certificate, and show one of their own. */
class ForeignClientsIT {

    private static final String SENDER = "sender@example.com";
    private static final Path NODE_MODULES = Path.of("/usr/share/nodejs");

    @TempDir
    private static Path folder;

    private static RunningGateway gateway;

    private final String subject = Mail.subject();
    private final byte[] content = Mail.withSubject(subject);

    /** How a client begins TLS, and whether it shows a certificate. */
    enum Way {
        STARTTLS,
        IMPLICIT,
        STARTTLS_WITH_CERTIFICATE,
        IMPLICIT_WITH_CERTIFICATE;

        boolean isImplicit() {
            return this == IMPLICIT || this == IMPLICIT_WITH_CERTIFICATE;
        }

        boolean withCertificate() {
            return this == STARTTLS_WITH_CERTIFICATE || this == IMPLICIT_WITH_CERTIFICATE;
        }

        int port() {
            return gateway.management().number("Listener,name=smtp", isImplicit() ? "ImplicitTlsPort" : "Port");
        }

        String recipient(String program) {
            return program + "-" + name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    static void start() throws IOException, JMException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout root.key -out root.pem -days 9"
                + " -subj /CN=Root");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout client.key -out client.csr"
                + " -subj /CN=partner.example.org");
        Files.writeString(folder.resolve("extension"), "extendedKeyUsage=clientAuth\n");
        openssl("x509 -req -in client.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile extension -days 9"
                + " -out client.pem");
        openssl("pkcs12 -export -in client.pem -inkey client.key -out client.p12 -passout pass:geheim");
        gateway = RunningGateway.start(
                folder,
                Map.of(),
                "host=127.0.0.1",
                "port=0",
                "implicitTlsPort=0",
                "hostName=localhost",
                "serverTlsLevel=REQUIRE",
                "clientCertificate=REQUEST");
        var management = gateway.management();
        management.invoke("TrustStore", "add", "partners", Files.readString(folder.resolve("root.pem")));
        Files.writeString(
                folder.resolve("server.pem"), (String) management.invoke("Certificate,name=default", "exportPem"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void curlShouldSend(Way way) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--silent", "--show-error", "--ssl-reqd"));
        arguments.addAll(List.of("--cacert", file("server.pem"), "--mail-from", SENDER));
        arguments.addAll(List.of("--mail-rcpt", way.recipient("curl") + "@localhost"));
        arguments.addAll(List.of("--upload-file", contentFile()));
        if (way.withCertificate()) {
            arguments.addAll(List.of("--cert", file("client.pem"), "--key", file("client.key")));
        }
        arguments.add((way.isImplicit() ? "smtps" : "smtp") + "://localhost:" + way.port() + "/client.example.org");
        run("curl", "", arguments);
        assertStored(way, "curl");
    }

    @ParameterizedTest
    @EnumSource
    void swaksShouldSend(Way way) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--server", "localhost", "--port", "" + way.port()));
        arguments.addAll(List.of("--helo", "client.example.org", "--from", SENDER, "--data", "@" + contentFile()));
        arguments.addAll(List.of("--to", way.recipient("swaks") + "@localhost"));
        arguments.addAll(List.of("--tls-verify", "--tls-ca-path", file("server.pem")));
        arguments.add(way.isImplicit() ? "--tls-on-connect" : "--tls");
        if (way.withCertificate()) {
            arguments.addAll(List.of("--tls-cert", file("client.pem"), "--tls-key", file("client.key")));
        }
        run("swaks", "", arguments);
        assertStored(way, "swaks");
    }

    @ParameterizedTest
    @EnumSource
    void msmtpShouldSend(Way way) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--host=localhost", "--port=" + way.port(), "--from=" + SENDER));
        arguments.addAll(List.of("--domain=client.example.org", "--auth=off", "--tls=on"));
        arguments.add("--tls-starttls=" + (way.isImplicit() ? "off" : "on"));
        arguments.add("--tls-trust-file=" + file("server.pem"));
        if (way.withCertificate()) {
            arguments.addAll(List.of("--tls-cert-file=" + file("client.pem"), "--tls-key-file=" + file("client.key")));
        }
        arguments.add(way.recipient("msmtp") + "@localhost");
        run("msmtp", new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n"), arguments);
        assertStored(way, "msmtp");
    }

    @ParameterizedTest
    @EnumSource
    void nodemailerShouldSend(Way way) throws IOException {
        Programs.requireFile(NODE_MODULES.resolve("nodemailer"));
        String script =
                """
                const fs = require('fs');
                const [host, port, secure, folder, withCertificate, from, to, content] = process.argv.slice(1);
                const tls = { ca: fs.readFileSync(folder + '/server.pem') };
                if (withCertificate === 'true') {
                    tls.cert = fs.readFileSync(folder + '/client.pem');
                    tls.key = fs.readFileSync(folder + '/client.key');
                }
                require('/usr/share/nodejs/nodemailer').createTransport({
                    host, port: Number(port), secure: secure === 'true', requireTLS: secure !== 'true',
                    name: 'client.example.org', tls,
                }).sendMail({ envelope: { from, to }, raw: fs.readFileSync(content) }).then(
                    info => console.log(info.response), error => { console.error(error); process.exit(1); });
                """;
        List<String> arguments = new ArrayList<>(List.of("-e", script, "localhost", "" + way.port()));
        arguments.addAll(List.of("" + way.isImplicit(), folder.toString(), "" + way.withCertificate(), SENDER));
        arguments.addAll(List.of(way.recipient("nodemailer") + "@localhost", contentFile()));
        run("node", "", arguments);
        assertStored(way, "nodemailer");
    }

    @ParameterizedTest
    @EnumSource
    void angusShouldSend(Way way) throws Exception {
        String protocol = way.isImplicit() ? "smtps" : "smtp";
        var properties = new Properties();
        properties.setProperty("mail." + protocol + ".starttls.required", Boolean.toString(!way.isImplicit()));
        properties.setProperty("mail." + protocol + ".starttls.enable", Boolean.toString(!way.isImplicit()));
        properties.setProperty("mail." + protocol + ".localhost", "client.example.org");
        properties.setProperty("mail." + protocol + ".allow8bitmime", "true");
        properties.put(
                "mail." + protocol + ".ssl.socketFactory",
                AngusKeys.context(folder, way.withCertificate()).getSocketFactory());
        Session session = Session.getInstance(properties);
        var message = new MimeMessage(session, new ByteArrayInputStream(content));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("orders@example.org"));
        var to = new InternetAddress(way.recipient("angus") + "@localhost");
        message.setFrom(new InternetAddress(SENDER));
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect("localhost", way.port(), null, null);
            transport.sendMessage(message, new InternetAddress[] {to});
        }
        assertStored(way, "angus");
    }

    @Test
    void postfixShouldSend() throws IOException {
        Programs.requireFile(Path.of("/usr/sbin/postfix"));
        Programs.requireRoot();
        try (Postfix postfix = new Postfix(folder.resolve("postfix"))) {
            for (Way way : Way.values()) {
                List<String> options = new ArrayList<>(List.of("smtp_tls_CAfile=" + file("server.pem")));
                options.add("smtp_tls_wrappermode=" + (way.isImplicit() ? "yes" : "no"));
                if (way.withCertificate()) {
                    options.add("smtp_tls_cert_file=" + file("client.pem"));
                    options.add("smtp_tls_key_file=" + file("client.key"));
                }
                postfix.route(way.recipient("postfix") + "@localhost", "[localhost]:" + way.port(), options);
            }
            postfix.start();
            for (Way way : Way.values()) {
                postfix.send(SENDER, way.recipient("postfix") + "@localhost", content);
            }
            for (Way way : Way.values()) {
                postfix.awaitSent(way.recipient("postfix") + "@localhost");
                assertStored(way, "postfix");
            }
        }
    }

    private static void run(String program, String input, List<String> arguments) throws IOException {
        ChildProcess process = Programs.run(program, input, arguments.toArray(String[]::new));
        assertThat(process.awaitExit()).as(process.output()).isZero();
    }

    private void assertStored(Way way, String program) throws IOException {
        List<Path> messages = gateway.mailbox(way.recipient(program));
        assertThat(messages).hasSize(1);
        String stored = Files.readString(messages.get(0)).replace("\r\n\t", " ");
        assertThat(stored)
                .startsWith("Return-Path: <" + SENDER + ">\r\nReceived: from client.example.org ")
                .contains("with ESMTPS id ", "\r\nSubject: " + subject + "\r\n")
                .contains("\r\n.a line that begins with a dot\r\nGrüße\r\n")
                .contains(
                        way.withCertificate()
                                ? "client certificate: CN=partner.example.org, verified)"
                                : "client certificate: none)");
    }

    private String contentFile() throws IOException {
        return Files.write(folder.resolve("content.eml"), content).toString();
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void openssl(String arguments) throws IOException {
        ChildProcess openssl = Programs.runIn(folder, "openssl", arguments.split(" "));
        assertThat(openssl.awaitExit()).as(openssl.output()).isZero();
    }
}
