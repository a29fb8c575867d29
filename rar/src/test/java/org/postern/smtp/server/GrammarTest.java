package org.postern.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Recipient;
import org.postern.smtp.server.SessionFacts.Starttls;

/** The grammar of commands: source routes, and that it is one of ASCII. */
class GrammarTest {

    private final Session session = session();

    @BeforeEach
    void begin() {
        session.command("EHLO client.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM:<@junk:>                              | 501 5.1.7",
                "MAIL FROM:<@:>                                  | 501 5.1.7",
                "MAIL FROM:<@one.example>                        | 501 5.1.7",
                "MAIL FROM:<@no domain:a@b>                      | 501 5.1.7",
                "MAIL FROM:<@one.example,two.example:a@b>        | 501 5.1.7",
                "RCPT TO:<@:postmaster>                          | 501 5.1.3",
                "RCPT TO:<@one.example:postmaster>               | 501 5.1.3",
                "RCPT TO:<@one.example:>                         | 501 5.1.3",
                "RCPT TO:<@[192.0.2.1]:a@b>                      | 501 5.1.3",
            })
    void sourceRouteShouldConsistOfDomainsAndHaveAMailboxBehindIt(String line, String expected) {
        assertThat(session.command(line)).asString().startsWith(expected);
        assertThat(session.hasTransaction()).isFalse();
    }

    @Test
    void sourceRouteShouldBeAcceptedAndIgnored() {
        assertThat(session.command("MAIL FROM:<@one.example:a@b>").code()).isEqualTo(250);
        assertThat(session.command("RCPT TO:<@one.example,@two.example:c@d>").code())
                .isEqualTo(250);
        assertThat(session.envelope().reversePathText()).isEqualTo("a@b");
        assertThat(session.envelope().recipients())
                .extracting(Recipient::toString)
                .containsExactly("c@d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MA\u0131L FROM:<a@b>", "ma\u0131l FROM:<a@b>", "R\u017fET", "QU\u0131T", "\u212aEEP"})
    void verbBeyondAsciiShouldBeUnknown(String line) {
        assertThat(session.command(line)).asString().startsWith("500 5.5.1");
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL FROM:<a@b> SIZE=\u0661\u0662, 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=\uff11, 501 5.5.4",
        "MAIL FROM:<a@b> \u017fIZE=1, 501 5.5.4",
        "MAIL FROM:<a@b> BODY=8B\u0131TMIME, 501 5.5.4",
        "MAIL FROM:<a@b> RET=HDR\u017f, 501 5.5.4",
        "MAIL FROM:\u2003<a@b>, 501 5.5.4",
        "RCPT TO:<a@b> NOT\u0131FY=NEVER, 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=\u017fUCCESS, 501 5.5.4",
        "RCPT TO:<a@b> NOTIFY=FA\u0131LURE, 501 5.5.4",
        "RCPT TO:<po\u017ftmaster>, 501 5.1.3",
        "DATA \u2003, 501 5.5.4",
        "HELP MA\u0131L, 504 5.5.4",
        "EHLO cl\u0131ent.example, 501 5.5.4"
    })
    void charactersBeyondAsciiShouldBeNoLettersDigitsOrSpacesOfTheGrammar(String line, String expected) {
        assertThat(session.command(line)).asString().startsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BDAT \u0661", "BDAT 6 LA\u017fT", "BDAT\u20036"})
    void chunkThatCanBeReadOnlyBeyondAsciiShouldEndTheSession(String line) {
        assertThat(session.command(line).code()).isBetween(500, 501);
        assertThat(session.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void keywordsShouldBeKnownInAnyCase() {
        assertThat(session.command("mail from:<a@b> size=1 Body=8bitMime ret=hdrs")
                        .code())
                .isEqualTo(250);
        assertThat(session.command("rcpt to:<PostMaster> notify=failure,Delay").code())
                .isEqualTo(250);
        assertThat(session.command("bdat 0 last").code()).isEqualTo(250);
        assertThat(session.chunk().last()).isTrue();
    }

    private static Session session() {
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        return new Session(
                new SessionFacts("s1", peer, "mx.example.org", Starttls.AVAILABLE, false, 0, 0), new Welcoming());
    }
}
