package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.Authority;
import org.postern.test.ChildProcess;
import org.postern.test.ForeignServer;
import org.postern.test.Mail;
import org.postern.test.Programs;
import org.postern.test.SmtpDialogue;

/** One gateway, started by system properties, and mail through it. */
class GatewayIT {

    private static final String SENDER = "sender@example.com";

    @TempDir
    private static Path folder;

    private static ForeignServer nextHop;
    private static RunningGateway gateway;

    private final String subject = Mail.subject();
    private final byte[] content = Mail.withSubject(subject);

    @BeforeAll
    static void start() throws IOException {
        nextHop = ForeignServer.withStarttls(new Authority("Next hop").serverAtLocalhost())
                .refuse("nobody@example.net", 550, "5.1.1 No such user")
                .refuse("later@example.net", 450, "4.2.1 Mailbox busy");
        gateway = RunningGateway.start(
                folder, Map.of(), "host=127.0.0.1", "port=0", "implicitTlsPort=0", "nextHop=" + nextHop.nextHop());
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        nextHop.close();
    }

    @AfterEach
    void resetLevels() throws IOException, JMException {
        gateway.management().invoke("ClientTls", "resetToConfigured");
    }

    @Test
    void consoleShouldShowAHandfulOfLinesWithTheReadyLineLast() {
        List<String> lines = gateway.process().lines();
        String ready = gateway.process().awaitLine(RunningGateway.READY);
        assertThat(lines.indexOf(ready)).isLessThan(5);
        assertThat(ready)
                .contains("127.0.0.1:" + gateway.port())
                .contains("ATTEMPT")
                .contains(folder.toString());
        assertThat(lines).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        assertThat(gateway.management().text("Gateway", "Status")).isEqualTo("OK");
    }

    @Test
    void curlShouldDeliverOverStarttls() throws IOException {
        Path file = Files.write(folder.resolve("curl.eml"), content);
        ChildProcess curl = Programs.run(
                "curl",
                "",
                "--silent",
                "--show-error",
                "--ssl-reqd",
                "--insecure",
                "smtp://127.0.0.1:" + gateway.port() + "/client.example.org",
                "--mail-from",
                SENDER,
                "--mail-rcpt",
                "curl@localhost",
                "--upload-file",
                file.toString());
        assertThat(curl.awaitExit()).as(curl.output()).isZero();
        assertStored("curl", "with ESMTPS id ");
    }

    @Test
    void swaksShouldDeliverOverStarttls() throws IOException {
        Path file = Files.write(folder.resolve("swaks.eml"), content);
        ChildProcess swaks = Programs.run(
                "swaks",
                "",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(gateway.port()),
                "--tls",
                "--helo",
                "client.example.org",
                "--from",
                SENDER,
                "--to",
                "swaks@localhost",
                "--data",
                "@" + file);
        assertThat(swaks.awaitExit()).as(swaks.output()).isZero();
        assertStored("swaks", "with ESMTPS id ");
    }

    @Test
    void opensslShouldSeeTls13() throws IOException {
        ChildProcess openssl = Programs.run(
                "openssl",
                "QUIT\r\n",
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                "127.0.0.1:" + gateway.port(),
                "-brief",
                "-ign_eof");
        assertThat(openssl.awaitExit()).as(openssl.output()).isZero();
        assertThat(openssl.output()).contains("TLSv1.3").contains("221 2.0.0");
    }

    @Test
    void mailForOthersShouldGoToTheNextHopOverStarttls() throws IOException {
        assertThat(deliver("to@example.net")).startsWith("250 ");
        assertThat(nextHop.taken())
                .filteredOn(taken -> taken.recipients().contains("to@example.net"))
                .singleElement()
                .satisfies(taken -> {
                    assertThat(taken.withTls()).isTrue();
                    assertThat(taken.from()).isEqualTo(SENDER);
                    assertThat(new String(taken.content(), StandardCharsets.UTF_8))
                            .startsWith("Received: from client.example.org ")
                            .endsWith("\r\n" + new String(content, StandardCharsets.UTF_8));
                });
    }

    @Test
    void refusalOfTheNextHopShouldBePassedOn() throws IOException {
        assertThat(deliver("nobody@example.net")).startsWith("550 5.1.1 ").contains("No such user");
        assertThat(deliver("later@example.net")).startsWith("450 4.2.1 ").contains("Mailbox busy");
        assertThat(deliver("to-too@example.net", "nobody@example.net")).startsWith("550 5.1.1 ");
    }

    @Test
    void nextHopThatCannotBeVerifiedShouldGetNothing() throws Exception {
        gateway.management().set("ClientTls", "Level", "REQUIRE_AND_VERIFY");
        assertThat(deliver("verified@example.net")).startsWith("451 4.7.5 ");
        assertThat(nextHop.taken()).noneMatch(taken -> taken.recipients().contains("verified@example.net"));
    }

    @Test
    void localAndForeignRecipientsShouldComeSeparately() throws IOException {
        try (SmtpDialogue dialogue = hello()) {
            dialogue.say("MAIL FROM:<" + SENDER + ">");
            assertThat(dialogue.say("RCPT TO:<joe@localhost>")).startsWith("250 ");
            assertThat(dialogue.say("RCPT TO:<to@example.net>")).startsWith("452 4.5.3 ");
            assertThat(dialogue.say("RCPT TO:<postmaster@localhost>")).startsWith("250 ");
            assertThat(dialogue.content(content)).startsWith("250 ");
        }
        assertStored("joe", "with ESMTP id ");
        assertStored("postmaster", "with ESMTP id ");
    }

    @Test
    void secondGatewayOnTheSameDataShouldSaySoAndEnd() throws IOException {
        try (ChildProcess second = RunningGateway.launch(folder, Map.of(), "host=127.0.0.1", "port=0")) {
            assertThat(second.awaitExit()).as(second.output()).isEqualTo(1);
            assertFailed(second, "is in use by another process");
        }
    }

    @Test
    void portOfAnotherShouldBeSaidAndEndTheStart(@TempDir Path other) throws IOException {
        String port = "port=" + gateway.port();
        try (ChildProcess second = RunningGateway.launch(other, Map.of(), "host=127.0.0.1", port)) {
            assertThat(second.awaitExit()).as(second.output()).isEqualTo(1);
            assertFailed(second, Integer.toString(gateway.port()));
        }
        assertThat(deliver("to@example.net")).startsWith("250 ");
    }

    static void assertFailed(ChildProcess process, String reason) {
        assertThat(process.lines().stream().filter(line -> line.contains(" ERROR ")))
                .as(process.output())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(reason).endsWith("."));
        assertThat(process.output()).doesNotContain("Postern is ready").doesNotContain("Exception");
    }

    private void assertStored(String localPart, String trace) throws IOException {
        List<Path> messages = gateway.mailbox(localPart);
        assertThat(messages).hasSize(1);
        assertThat(Files.readString(messages.get(0)))
                .startsWith("Return-Path: <" + SENDER + ">\r\nReceived: from client.example.org ")
                .contains(trace)
                .contains("\r\nSubject: " + subject + "\r\n")
                .contains("\r\n.a line that begins with a dot\r\nGrüße\r\n");
    }

    private String deliver(String... recipients) throws IOException {
        try (SmtpDialogue dialogue = hello()) {
            return dialogue.deliver(SENDER, content, recipients);
        }
    }

    private static SmtpDialogue hello() throws IOException {
        SmtpDialogue dialogue = SmtpDialogue.open(gateway.port());
        dialogue.say("EHLO client.example.org");
        return dialogue;
    }
}
