package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;
import org.postern.test.application.TestApplicationMXBean;

/** Mail in, to message-driven beans: what they see, and what the sender is told. */
@ExtendWith(ArquillianExtension.class)
class ReceivingIT {

    private static final String SENDER = "sender@example.com";

    private final String subject = Mail.subject();
    private Management management;
    private TestApplicationMXBean application;

    @Deployment(testable = false)
    static WebArchive application() {
        return Deployments.application();
    }

    @BeforeEach
    void connect() throws IOException, JMException {
        management = Deployments.management();
        application = management.bean("TestApplication", TestApplicationMXBean.class);
    }

    @AfterEach
    void disconnect() throws IOException {
        management.close();
    }

    @Test
    void mailSentWithStarttlsShouldReachItsBean() throws IOException {
        byte[] content = Mail.withSubject(subject);
        String reply;
        String protocol;
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(port())) {
            protocol = dialogue.protocol();
            reply = dialogue.deliver(SENDER, content, "orders@example.org", "anyone@shop.example.org");
        }

        Map<String, String> seen = application.seen(subject);
        assertThat(seen)
                .containsEntry("bean", "Orders")
                .containsEntry("from", SENDER)
                .containsEntry("recipients", "[orders@example.org, anyone@shop.example.org]")
                .containsEntry("helo", "client.example.org")
                .containsEntry("peer", "127.0.0.1")
                .containsEntry("protocol", protocol)
                .containsEntry("verification", "NONE_SHOWN")
                .containsEntry("outcome", "COMMITTED");
        assertThat(reply).startsWith("250 2.0.0 ").endsWith(" id " + seen.get("id"));
        String received = new String(application.content(subject), StandardCharsets.UTF_8);
        assertThat(received)
                .startsWith("Received: from client.example.org ([127.0.0.1])\r\n\tby postern.example.org")
                .contains("with ESMTPS id " + seen.get("id"))
                .contains("(" + protocol + " " + seen.get("cipherSuite") + ", client certificate: none)")
                .endsWith("\r\n" + new String(content, StandardCharsets.UTF_8));
    }

    @Test
    void mailOnTheImplicitTlsPortShouldReachItsBean() throws IOException {
        try (SmtpDialogue dialogue =
                SmtpDialogue.openWithTls(management.number("Listener,name=smtp", "ImplicitTlsPort"))) {
            assertThat(dialogue.say("EHLO client.example.org")).doesNotContain("STARTTLS");
            assertThat(dialogue.deliver(SENDER, Mail.withSubject(subject), "orders@example.org"))
                    .startsWith("250 ");
            assertThat(application.seen(subject)).containsEntry("protocol", dialogue.protocol());
        }
    }

    @Test
    void mailInClearShouldBeToldFromMailWithTls() throws IOException {
        assertThat(deliver("orders@example.org")).startsWith("250 ");
        assertThat(application.seen(subject)).doesNotContainKey("protocol");
        assertThat(new String(application.content(subject), StandardCharsets.UTF_8))
                .contains("with ESMTP id ")
                .doesNotContain("TLSv");
    }

    @Test
    void contentLargerThanMemoryAllowsShouldArriveAsItWas() throws IOException {
        byte[] content = Mail.large(subject, 3 << 20);
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(port())) {
            assertThat(dialogue.deliver(SENDER, content, "orders@example.org")).startsWith("250 ");
        }
        String received = new String(application.content(subject), StandardCharsets.UTF_8);
        assertThat(received.endsWith("\r\n" + new String(content, StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void recipientsShouldDecideWhichBeanGetsTheMessage() throws IOException {
        assertThat(deliver("anyone@shop.example.org")).startsWith("250 ");
        assertThat(application.seen(subject)).containsEntry("bean", "Orders");

        String other = Mail.subject();
        try (SmtpDialogue dialogue = hello()) {
            assertThat(dialogue.deliver(SENDER, Mail.withSubject(other), "someone@elsewhere.example"))
                    .startsWith("250 ");
        }
        assertThat(application.seen(other)).containsEntry("bean", "Everything");
    }

    @Test
    void recipientOfAnotherBeanShouldBeAskedToComeSeparately() throws IOException {
        try (SmtpDialogue dialogue = hello()) {
            dialogue.say("MAIL FROM:<" + SENDER + ">");
            assertThat(dialogue.say("RCPT TO:<orders@example.org>")).startsWith("250 ");
            assertThat(dialogue.say("RCPT TO:<someone@elsewhere.example>")).startsWith("452 4.5.3 ");
            assertThat(dialogue.content(Mail.withSubject(subject))).startsWith("250 ");
        }
        assertThat(application.seen(subject)).containsEntry("recipients", "[orders@example.org]");
    }

    @Test
    void recipientThatTheBeanRefusesShouldBeRefusedAtOnce() throws IOException {
        try (SmtpDialogue dialogue = hello()) {
            dialogue.say("MAIL FROM:<" + SENDER + ">");
            assertThat(dialogue.say("RCPT TO:<nobody@picky.example.org>"))
                    .isEqualTo("550 5.1.1 There is no such customer");
            assertThat(dialogue.say("RCPT TO:<confused@picky.example.org>"))
                    .startsWith("451 4.3.0 ")
                    .doesNotContain("secret")
                    .doesNotContain("Exception");
            assertThat(dialogue.say("RCPT TO:<somebody@picky.example.org>")).startsWith("250 ");
            assertThat(dialogue.content(Mail.withSubject(subject))).startsWith("250 ");
        }
        assertThat(application.seen(subject)).containsEntry("recipients", "[somebody@picky.example.org]");
    }

    @Test
    void rollbackShouldLeaveTheMessageWithItsSender() throws IOException {
        assertThat(deliver("rollback@picky.example.org")).startsWith("451 4.3.0 ");
        assertThat(application.seen(subject)).containsEntry("outcome", "not committed");
    }

    @Test
    void failureShouldLeaveTheMessageWithItsSenderAndTellNothing() throws IOException {
        assertThat(deliver("failure@picky.example.org"))
                .startsWith("451 4.3.0 ")
                .doesNotContain("secret")
                .doesNotContain("Exception")
                .doesNotContain("org.postern");
        assertThat(application.seen(subject)).containsEntry("outcome", "not committed");
    }

    @Test
    void rejectionShouldGiveItsOwnReplyAndRollBack() throws IOException {
        assertThat(deliver("unwanted@picky.example.org")).startsWith("550 5.7.1 We do not want this (id ");
        assertThat(application.seen(subject)).containsEntry("outcome", "not committed");
    }

    @Test
    void temporaryRejectionShouldStayTemporary() throws IOException {
        assertThat(deliver("later@picky.example.org")).startsWith("452 4.2.2 The shelf is full (id ");
        assertThat(application.seen(subject)).containsEntry("outcome", "not committed");
    }

    @Test
    void messageThatFindsNoFreeBeanShouldBeTriedAgainLaterAndOthersGoOn() throws Exception {
        application.hold();
        try {
            CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> inBackground("one@slow.example.org"));
            Waiting.until("the bean is busy", () -> application.getWaiting() == 1);

            String second = Mail.subject();
            try (SmtpDialogue dialogue = hello()) {
                assertThat(dialogue.deliver(SENDER, Mail.withSubject(second), "two@slow.example.org"))
                        .startsWith("451 4.3.2 ");
                assertThat(dialogue.deliver(SENDER, Mail.withSubject(second), "orders@example.org"))
                        .startsWith("250 ");
            }

            application.release();
            assertThat(held.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("250 ");
        } finally {
            application.release();
        }
        assertThat(deliver("three@slow.example.org")).startsWith("250 ");
    }

    private String inBackground(String recipient) {
        try {
            return deliver(recipient);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private String deliver(String recipient) throws IOException {
        try (SmtpDialogue dialogue = hello()) {
            return dialogue.deliver(SENDER, Mail.withSubject(subject), recipient);
        }
    }

    private SmtpDialogue hello() throws IOException {
        SmtpDialogue dialogue = SmtpDialogue.open(port());
        dialogue.say("EHLO client.example.org");
        return dialogue;
    }

    private int port() {
        return management.number("Listener,name=smtp", "Port");
    }
}
