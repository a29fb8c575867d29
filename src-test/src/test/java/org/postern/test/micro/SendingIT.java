package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postern.test.Authority;
import org.postern.test.ForeignServer;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.application.TestApplicationMXBean;

/** Mail out, from an EJB with the injected factory to a server that others made. */
@ExtendWith(ArquillianExtension.class)
class SendingIT {

    private static final Authority TRUSTED = new Authority("Trusted by the adapter");
    private static final Authority UNKNOWN = new Authority("Unknown to the adapter");
    private static final String SENDER = "sender@example.org";

    private final String subject = Mail.subject();
    private final byte[] content = Mail.withSubject(subject);
    private Management management;
    private TestApplicationMXBean application;

    @Deployment(testable = false)
    static WebArchive application() {
        return Deployments.applicationWhereIsTrusted(TRUSTED);
    }

    @BeforeEach
    void connect() throws IOException, JMException {
        management = Deployments.management();
        application = management.bean("TestApplication", TestApplicationMXBean.class);
    }

    @AfterEach
    void resetLevel() throws IOException, JMException {
        management.invoke("ClientTls", "resetToConfigured");
        management.close();
    }

    @Test
    void contentShouldArriveByteForByteOverStarttls() {
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            Map<String, String> sent = send(server, "to@example.com");

            assertThat(sent)
                    .containsEntry("complete", "true")
                    .containsEntry("protocol", "TLSv1.3")
                    .containsEntry("verification", "NOT_CHECKED");
            assertThat(sent.get("reply")).startsWith("250 ");
            assertThat(server.taken()).singleElement().satisfies(taken -> {
                assertThat(taken.withTls()).isTrue();
                assertThat(taken.from()).isEqualTo(SENDER);
                assertThat(taken.recipients()).containsExactly("to@example.com");
                assertThat(taken.content()).isEqualTo(content);
            });
        }
    }

    @Test
    void largeContentShouldArriveByteForByte() {
        byte[] large = Mail.large(subject, 3 << 20);
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            application.send(server.nextHop(), SENDER, new String[] {"to@example.com"}, large);
            assertThat(server.taken()).singleElement().satisfies(taken -> assertThat(taken.content())
                    .isEqualTo(large));
        }
    }

    @Test
    void mimeMessageShouldArriveWithoutItsBlindCopies() throws MessagingException {
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            Map<String, String> sent =
                    application.sendMessage(server.nextHop(), "to@example.com", "blind@example.com", subject);

            assertThat(sent).containsEntry("complete", "true").containsEntry("protocol", "TLSv1.3");
            ForeignServer.Taken taken = server.taken().get(0);
            assertThat(taken.from()).isEqualTo(SENDER);
            assertThat(taken.recipients()).containsExactlyInAnyOrder("to@example.com", "blind@example.com");
            assertThat(new String(taken.content(), StandardCharsets.UTF_8)).doesNotContain("blind@example.com");
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(taken.content()));
            assertThat(message.getSubject()).isEqualTo(subject);
            assertThat(message.getHeader("Date")).hasSize(1);
            assertThat(message.getHeader("Message-ID")).hasSize(1);
        }
    }

    @Test
    void severalMessagesShouldGoOverPooledConnections() {
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            for (int i = 0; i < 10; i++) {
                assertThat(send(server, "to@example.com")).containsEntry("complete", "true");
            }
            assertThat(server.taken()).hasSize(10);
        }
    }

    @Test
    void attemptShouldReachAServerWithoutTls() {
        try (ForeignServer server = ForeignServer.inClear()) {
            assertThat(send(server, "to@example.com"))
                    .containsEntry("complete", "true")
                    .doesNotContainKey("protocol");
            assertThat(server.taken()).singleElement().satisfies(taken -> assertThat(taken.content())
                    .isEqualTo(content));
        }
    }

    @Test
    void requireShouldSendNothingToAServerWithoutTls() throws Exception {
        management.set("ClientTls", "Level", "REQUIRE");
        try (ForeignServer server = ForeignServer.inClear()) {
            assertRefused(send(server, "to@example.com"), "NOT_OFFERED", server);
        }
    }

    @Test
    void requireShouldAcceptACertificateOfAnyone() throws Exception {
        management.set("ClientTls", "Level", "REQUIRE");
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            assertThat(send(server, "to@example.com")).containsEntry("protocol", "TLSv1.3");
        }
    }

    @Test
    void verifyShouldSendNothingToAServerWithoutTls() throws Exception {
        management.set("ClientTls", "Level", "REQUIRE_AND_VERIFY");
        try (ForeignServer server = ForeignServer.inClear()) {
            assertRefused(send(server, "to@example.com"), "NOT_OFFERED", server);
        }
    }

    @Test
    void verifyShouldSendNothingToAServerOfAnUnknownAuthority() throws Exception {
        management.set("ClientTls", "Level", "REQUIRE_AND_VERIFY");
        try (ForeignServer server = ForeignServer.withStarttls(UNKNOWN.serverAtLocalhost())) {
            assertRefused(send(server, "to@example.com"), "UNTRUSTED", server);
        }
    }

    @Test
    void verifyShouldSendToAServerOfATrustedAuthority() throws Exception {
        management.set("ClientTls", "Level", "REQUIRE_AND_VERIFY");
        try (ForeignServer server = ForeignServer.withStarttls(TRUSTED.serverAtLocalhost())) {
            assertThat(send(server, "to@example.com"))
                    .containsEntry("complete", "true")
                    .containsEntry("verification", "VERIFIED");
        }
    }

    @Test
    void refusalOfTheOnlyRecipientShouldBeAnException() {
        try (ForeignServer server = ForeignServer.inClear().refuse("nobody@example.com", 550, "5.1.1 No such user")) {
            Map<String, String> sent = send(server, "nobody@example.com");
            assertThat(sent)
                    .containsEntry("temporary", "false")
                    .containsKey("failure")
                    .doesNotContainKey("tlsFailure");
            assertThat(sent.get("reply")).isEqualTo("550 5.1.1 No such user");
            assertThat(server.taken()).isEmpty();
        }
    }

    @Test
    void refusalOfOneRecipientShouldStandInTheReceipt() {
        try (ForeignServer server = ForeignServer.inClear().refuse("nobody@example.com", 550, "5.1.1 No such user")) {
            Map<String, String> sent = send(server, "to@example.com", "nobody@example.com");
            assertThat(sent).containsEntry("complete", "false");
            assertThat(sent.get("refused")).contains("nobody@example.com").contains("550");
            assertThat(server.taken()).singleElement().satisfies(taken -> assertThat(taken.recipients())
                    .isEqualTo(List.of("to@example.com")));
        }
    }

    private Map<String, String> send(ForeignServer server, String... recipients) {
        return application.send(server.nextHop(), SENDER, recipients, content);
    }

    private static void assertRefused(Map<String, String> sent, String reason, ForeignServer server) {
        assertThat(sent).containsEntry("tlsFailure", reason).containsEntry("temporary", "true");
        assertThat(sent.get("failure")).contains("127.0.0.1").endsWith(".");
        assertThat(server.transactions()).isZero();
        assertThat(server.taken()).isEmpty();
    }
}
