package org.postern.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.server.SessionFacts.Starttls;

class ListedSenderTest {

    private static final TlsSession TLS = new TlsSession(
            "TLSv1.3",
            "TLS_AES_256_GCM_SHA384",
            List.of(),
            TlsSession.Verification.NONE_SHOWN,
            Optional.empty(),
            Optional.empty());

    private final Rules rules = new Rules();
    private final Session session = new Session(
            new SessionFacts(
                    "s1",
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                    "mx.example.org",
                    Starttls.AVAILABLE,
                    false,
                    1000,
                    3),
            rules);

    @Test
    void listedSenderShouldNeedTls() {
        session.command("EHLO client.example");
        assertThat(session.command("MAIL FROM:<a@strict.example>"))
                .hasToString("530 5.7.0 Mail from this domain is taken over TLS only; issue a STARTTLS command first");
        assertThat(session.command("MAIL FROM:<>").code()).isEqualTo(250);
        session.command("RSET");
        session.command("STARTTLS");
        session.tlsBegan(TLS);
        session.command("EHLO client.example");
        assertThat(session.command("MAIL FROM:<a@strict.example>").code()).isEqualTo(250);
    }

    @Test
    void bounceShouldNeedTlsWhereARuleIsAboutAll() {
        rules.demandsOfAll = true;
        session.command("EHLO client.example");
        assertThat(session.command("MAIL FROM:<>").code()).isEqualTo(530);
        session.command("STARTTLS");
        session.tlsBegan(TLS);
        session.command("EHLO client.example");
        assertThat(session.command("MAIL FROM:<>").code()).isEqualTo(250);
    }

    /** Demands TLS of one domain, or of all. */
    private static final class Rules implements RecipientRules {

        private boolean demandsOfAll;

        @Override
        public Optional<Reply> refusal(Session asking, Envelope soFar, Mailbox mailbox) {
            return Optional.empty();
        }

        @Override
        public boolean asksApplication(Recipient recipient) {
            return false;
        }

        @Override
        public boolean demandsTlsFrom(Optional<Mailbox> sender) {
            return demandsOfAll
                    || sender.map(Mailbox::domainKey)
                            .filter("strict.example"::equals)
                            .isPresent();
        }
    }
}
