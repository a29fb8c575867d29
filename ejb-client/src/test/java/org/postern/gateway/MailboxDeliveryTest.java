package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.MailContent;

class MailboxDeliveryTest {

    private static final String STORED = "Return-Path: <sender@example.net>\r\n" + FakeMail.TEXT;

    @TempDir
    Path data;

    private Sender sender;

    @BeforeEach
    void open() {
        sender = new Sender(data);
    }

    @Test
    void commitShouldLeaveExactlyOneFileInNew() throws IOException {
        assertThat(sender.bring(FakeMail.to("Joe@Example.org"))).isEqualTo(Sender.OK);
        assertThat(sender.files())
                .singleElement()
                .asString()
                .matches("mailboxes/example\\.org/joe/new/\\d+\\.id-1\\.mx\\.example\\.org");
        assertThat(data.resolve(sender.files().get(0))).hasContent(STORED);
        assertThat(data.resolve("mailboxes/example.org/joe/cur")).isDirectory();
    }

    @Test
    void fileShouldNotBeSeenBeforeTheCommit() throws Exception {
        sender.transactions.begin();
        sender.gateway.onMail(FakeMail.to("joe@example.org"));
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/tmp/");
    }

    @Test
    void rollbackShouldLeaveNoFile() throws Exception {
        sender.transactions.begin();
        sender.gateway.onMail(FakeMail.to("joe@example.org", "ann@example.org"));
        sender.transactions.setRollbackOnly();
        assertThat(sender.transactions.commit()).isFalse();
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void failureAfterThePreparationShouldLeaveNoFile() throws Exception {
        for (int outcome : List.of(Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN)) {
            sender.transactions.begin();
            sender.gateway.onMail(FakeMail.to("joe@example.org"));
            sender.transactions.prepareOnly();
            assertThat(sender.files()).singleElement().asString().contains("/new/");
            sender.transactions.end(outcome);
            assertThat(sender.files()).isEmpty();
        }
    }

    @Test
    void deathBetweenPreparationAndCommitShouldAtMostDoubleTheMessage() throws Exception {
        sender.transactions.begin();
        sender.gateway.onMail(FakeMail.to("joe@example.org"));
        sender.transactions.prepareOnly();
        Sender restarted = new Sender(data);
        FakeMail again = new FakeMail(
                "id-2",
                FakeMail.to("joe@example.org").envelope(),
                FakeMail.to("a@b").content());
        assertThat(restarted.bring(again)).isEqualTo(Sender.OK);
        assertThat(restarted.files()).hasSize(2).allMatch(file -> file.startsWith("mailboxes/example.org/joe/new/"));
    }

    @Test
    void eachMailboxShouldGetItsOwnFileAndNobodyTwo() throws IOException {
        String[] recipients = {"joe@example.org", "JOE@example.org", "\"joe\"@example.org", "ann@example.org"};
        assertThat(sender.bring(FakeMail.to(recipients))).isEqualTo(Sender.OK);
        assertThat(sender.files()).hasSize(2);
        for (String file : sender.files()) {
            assertThat(data.resolve(file)).hasContent(STORED);
        }
        Files.delete(data.resolve(sender.files().get(0)));
        assertThat(data.resolve(sender.files().get(0))).hasContent(STORED);
    }

    @Test
    void diskThatFillsUpWhileWritingShouldRollBackAndLeaveNoFile() throws Exception {
        FakeMail mail = new FakeMail("id-1", FakeMail.to("joe@example.org").envelope(), new FailingContent());
        sender.transactions.begin();
        assertThatThrownBy(() -> sender.gateway.onMail(mail))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("id-1")
                .hasMessageContaining("mailboxes");
        assertThat(sender.files()).as("a part was written").hasSize(1);
        sender.transactions.setRollbackOnly();
        sender.transactions.commit();
        assertThat(sender.files()).isEmpty();
        assertThat(sender.bring(mail)).isEqualTo(Sender.FAILED);
    }

    @Test
    void folderThatCannotBeMadeShouldRollBack() throws IOException {
        Files.createDirectories(data.resolve("mailboxes"));
        Files.createFile(data.resolve("mailboxes/example.org"));
        assertThat(sender.bring(FakeMail.to("ann@example.com", "joe@example.org")))
                .isEqualTo(Sender.FAILED);
        assertThat(sender.files()).containsExactly("mailboxes/example.org");
    }

    @Test
    void folderThatIsGoneAtTheCommitShouldRollBack() throws Exception {
        sender.transactions.begin();
        sender.gateway.onMail(FakeMail.to("joe@example.org", "ann@example.org"));
        Files.delete(data.resolve("mailboxes/example.org/ann/new"));
        assertThat(sender.transactions.commit()).isFalse();
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void withoutATransactionNothingShouldBeWritten() {
        assertThatThrownBy(() -> sender.gateway.onMail(FakeMail.to("joe@example.org")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void transactionThatEndedMeanwhileShouldTakeNoMoreFiles() {
        MaildirTransaction transaction = new MaildirTransaction();
        transaction.afterCompletion(Status.STATUS_ROLLEDBACK);
        MaildirFile file = new Maildir(data).file("1.a.b");
        assertThatThrownBy(() -> transaction.add(file)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void othersShouldNotReadMail() throws IOException {
        sender.bring(FakeMail.to("joe@example.org"));
        Path file = data.resolve(sender.files().get(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---");
        Path folder = data.resolve("mailboxes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .endsWith("---");
    }

    @Test
    void oddNamesShouldBeStoredInsideTheirDomain() {
        assertThat(sender.bring(FakeMail.to("\"../../../x\"@example.org"))).isEqualTo(Sender.OK);
        assertThat(sender.files())
                .singleElement()
                .asString()
                .startsWith("mailboxes/example.org/%2E.%2F..%2F..%2Fx/new/");
    }

    /** Ends in the middle as a write to a full disk does. */
    private static final class FailingContent implements MailContent {

        @Override
        public InputStream stream() {
            byte[] beginning = ("A: b\r\n\r\n" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
            InputStream full = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("No space left on device");
                }
            };
            return new SequenceInputStream(new ByteArrayInputStream(beginning), full);
        }

        @Override
        public long size() {
            return 400_000;
        }
    }
}
