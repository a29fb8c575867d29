package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
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

/** What an administrator changes over JMX while mail goes on. */
@ExtendWith(ArquillianExtension.class)
class ManagementIT {

    private static final String LISTENER = "Listener,name=smtp";
    private static final String SENDER = "sender@example.com";

    private Management management;

    @Deployment(testable = false)
    static WebArchive application() {
        return Deployments.application();
    }

    @BeforeEach
    void connect() throws IOException {
        management = Deployments.management();
    }

    @AfterEach
    void reset() throws IOException, JMException {
        management.invoke("ServerTls", "resetToConfigured");
        management.invoke(LISTENER, "resetToConfigured");
        management.close();
    }

    @Test
    void gatewayShouldBeWell() {
        assertThat(management.text("Gateway", "Status")).isEqualTo("OK");
        assertThat((String[]) management.get("Gateway", "Problems")).isEmpty();
        assertThat(management.text("Gateway", "TlsEngine")).isNotBlank();
        assertThat(management.text(LISTENER, "State")).isEqualTo("OPEN");
    }

    @Test
    void everythingShouldBeDescribed() throws IOException, JMException {
        for (ObjectName name : management.all()) {
            MBeanInfo info = management.server().getMBeanInfo(name);
            assertThat(info.getDescription()).as(name.toString()).contains(" ");
            assertThat(info.getAttributes())
                    .as(name.toString())
                    .allSatisfy(attribute ->
                            assertThat(attribute.getDescription()).contains(" ").isNotEqualTo(attribute.getName()));
            assertThat(info.getOperations()).as(name.toString()).allSatisfy(operation -> {
                assertThat(operation.getDescription()).contains(" ").isNotEqualTo(operation.getName());
                assertThat(operation.getSignature())
                        .allSatisfy(parameter -> assertThat(parameter.getName()).doesNotMatch("p\\d"));
            });
        }
        assertThat(management.all()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void changedLevelShouldHoldForTheNextSessionAndLeaveOthersAlone() throws Exception {
        try (SmtpDialogue before = hello()) {
            management.set("ServerTls", "Level", " require ");
            assertThat(management.text("ServerTls", "Level")).isEqualTo("REQUIRE");
            assertThat(before.say("MAIL FROM:<" + SENDER + ">")).startsWith("250 ");

            try (SmtpDialogue after = hello()) {
                assertThat(after.say("MAIL FROM:<" + SENDER + ">"))
                        .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");
            }
            try (SmtpDialogue after = SmtpDialogue.openWithStarttls(port())) {
                assertThat(after.deliver(SENDER, Mail.withSubject(Mail.subject()), "orders@example.org"))
                        .startsWith("250 ");
            }
        }
        management.invoke("ServerTls", "resetToConfigured");
        assertThat(management.text("ServerTls", "Level")).isEqualTo("ATTEMPT");
        try (SmtpDialogue after = hello()) {
            assertThat(after.say("MAIL FROM:<" + SENDER + ">")).startsWith("250 ");
        }
    }

    @Test
    void levelNoneShouldBeRefusedBesideAnImplicitTlsPort() {
        assertThatThrownBy(() -> management.set("ServerTls", "Level", "NONE"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("implicitTlsPort");
        assertThat(management.text("ServerTls", "Level")).isEqualTo("ATTEMPT");
    }

    @Test
    void unknownLevelShouldBeRefusedWithASentence() throws IOException {
        assertThatThrownBy(() -> management.set("ServerTls", "Level", "PERHAPS"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("NONE, ATTEMPT, REQUIRE")
                .contains("PERHAPS")
                .endsWith(".");
        assertThat(management.text("ServerTls", "Level")).isEqualTo("ATTEMPT");
        try (SmtpDialogue dialogue = hello()) {
            assertThat(dialogue.say("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void relayingShouldDependOnTrustedNetworks() throws Exception {
        management.set(LISTENER, "TrustedNetworks", "192.0.2.0/24");
        try (SmtpDialogue dialogue = hello()) {
            dialogue.say("MAIL FROM:<" + SENDER + ">");
            assertThat(dialogue.say("RCPT TO:<someone@elsewhere.example>")).startsWith("550 5.7.1 ");
            assertThat(dialogue.say("RCPT TO:<orders@example.org>")).startsWith("250 ");
        }
        management.invoke(LISTENER, "resetToConfigured");
        try (SmtpDialogue dialogue = hello()) {
            dialogue.say("MAIL FROM:<" + SENDER + ">");
            assertThat(dialogue.say("RCPT TO:<someone@elsewhere.example>")).startsWith("250 ");
        }
    }

    @Test
    void statisticsShouldCountWhatHappens() throws Exception {
        management.invoke("ListenerStatistics,name=smtp", "reset");
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(port())) {
            assertThat(dialogue.deliver(SENDER, Mail.withSubject(Mail.subject()), "orders@example.org"))
                    .startsWith("250 ");
        }
        assertThat(management.number("ListenerStatistics,name=smtp", "MessagesAccepted"))
                .isEqualTo(1);
        assertThat(management.number("ListenerStatistics,name=smtp", "TlsSessions"))
                .isEqualTo(1);
    }

    private SmtpDialogue hello() throws IOException {
        SmtpDialogue dialogue = SmtpDialogue.open(port());
        dialogue.say("EHLO client.example.org");
        return dialogue;
    }

    private int port() {
        return management.number(LISTENER, "Port");
    }
}
