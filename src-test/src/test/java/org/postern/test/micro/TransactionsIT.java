package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.Mail;
import org.postern.test.SmtpDialogue;

/** Beans that return normally from a transaction that comes to nothing: their senders keep the mail, and nothing is written. */
class TransactionsIT {

    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsCommittedShouldBeAnswered250() throws Exception {
        String first = Mail.subject();
        String last = Mail.subject();
        try (LedgerServer server = LedgerServer.start(folder);
                SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(server.port())) {
            assertThat(deliver(dialogue, first, "joe@undone.example.org")).startsWith("250 ");
            for (String localPart : new String[] {"overtime", "belated", "rollback"}) {
                assertThat(deliver(dialogue, Mail.subject(), localPart + "@undone.example.org"))
                        .as(localPart)
                        .startsWith("451 4.3.0 ");
            }
            assertThat(deliver(dialogue, last, "joe@undone.example.org")).startsWith("250 ");
        }
        assertThat(LedgerServer.committed(folder)).containsExactlyInAnyOrder(first, last);
    }

    private static String deliver(SmtpDialogue dialogue, String subject, String recipient) throws IOException {
        return dialogue.deliver("sender@example.com", Mail.withSubject(subject), recipient);
    }
}
