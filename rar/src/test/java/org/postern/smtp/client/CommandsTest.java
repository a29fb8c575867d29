package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;

class CommandsTest {

    private static final Features ALL = new Features(EnumSet.allOf(Feature.class), 0);
    private static final NextHop HOP = NextHop.of("mx.example.org", 25);

    @Test
    void parametersShouldBeGivenWhereTheyAreOffered() throws IOException {
        Envelope envelope = new Envelope(
                Optional.of(Mailbox.parse("a@example.org")),
                List.of(Recipient.of("b@example.org")),
                new MailParameters(true, false, "HDRS", "id+3D1"));
        assertThat(Commands.mail(envelope, content("x\r\n"), ALL))
                .isEqualTo("MAIL FROM:<a@example.org> SIZE=3 BODY=8BITMIME RET=HDRS ENVID=id+3D1");
        assertThat(Commands.mail(envelope, content("x\r\n"), Features.NONE)).isEqualTo("MAIL FROM:<a@example.org>");
    }

    @Test
    void recipientParametersShouldBeGivenWhereTheyAreOffered() {
        Recipient recipient = new Recipient(Mailbox.parse("b@example.org"), "FAILURE,DELAY", "rfc822;b@example.org");
        assertThat(Commands.rcpt(recipient, ALL))
                .isEqualTo("RCPT TO:<b@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;b@example.org");
        assertThat(Commands.rcpt(recipient, Features.NONE)).isEqualTo("RCPT TO:<b@example.org>");
    }

    @Test
    void nullReversePathShouldBeEmptyBrackets() throws IOException {
        assertThat(Commands.mail(Envelope.of("", "b@example.org"), content("x\r\n"), Features.NONE))
                .isEqualTo("MAIL FROM:<>");
    }

    @Test
    void internationalAddressesShouldAskForSmtputf8() throws IOException {
        assertThat(Commands.mail(Envelope.of("a@example.org", "jürgen@example.org"), content("x\r\n"), ALL))
                .isEqualTo("MAIL FROM:<a@example.org> SIZE=3 SMTPUTF8");
    }

    @Test
    void originalRecipientBeyondAsciiShouldAskForSmtputf8OrBeWrittenAsNumbers() throws IOException {
        Recipient recipient = new Recipient(Mailbox.parse("b@example.org"), "", "utf-8;j\u00fcrgen\u20ac@example.org");
        Envelope envelope = new Envelope(Optional.empty(), List.of(recipient), new MailParameters(false, true, "", ""));
        assertThat(Commands.mail(envelope, content("x\r\n"), ALL)).isEqualTo("MAIL FROM:<> SIZE=3 SMTPUTF8");
        assertThat(Commands.rcpt(recipient, ALL))
                .isEqualTo("RCPT TO:<b@example.org> ORCPT=utf-8;j\u00fcrgen\u20ac@example.org");
        assertThat(Commands.rcpt(recipient, without(Feature.SMTPUTF8)))
                .isEqualTo("RCPT TO:<b@example.org> ORCPT=utf-8;j\\x{FC}rgen\\x{20AC}@example.org");
    }

    @Test
    void smtputf8ShouldBePassedOnWhereAPartOfTheContentMayNeedIt() throws IOException {
        MailParameters mayBe = new MailParameters(true, true, "", "");
        Envelope envelope = Envelope.of("a@example.org", "b@example.org");
        Envelope international = new Envelope(envelope.reversePath(), envelope.recipients(), mayBe);
        Content content = content("Subject: u\r\n\r\n\u00fc\r\n");
        assertThat(Commands.mail(international, content, ALL)).endsWith(" BODY=8BITMIME SMTPUTF8");
        assertThat(Commands.mail(envelope, content, ALL)).endsWith(" BODY=8BITMIME");
    }

    @Test
    void parameterThatWouldEndTheCommandShouldBeRefused() {
        Recipient recipient = new Recipient(Mailbox.parse("b@example.org"), "", "rfc822;b\r\nRCPT TO:<c@example.org>");
        assertThatThrownBy(() -> Commands.rcpt(recipient, ALL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Commands.octets(List.of("EHLO a\r\nMAIL FROM:<>")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eightBitContentShouldNotGoToAServerWithout8bitmime() throws IOException {
        Content content = content("Subject: x\r\n\r\nü\r\n");
        Envelope envelope = Envelope.of("a@example.org", "b@example.org");
        assertThatThrownBy(() -> Demands.check(HOP, envelope, content, without(Feature.EIGHT_BIT_MIME)))
                .isInstanceOfSatisfying(MailDeliveryException.class, e -> {
                    assertThat(e.reply().enhancedStatus()).isEqualTo("5.6.3");
                    assertThat(e.isTemporary()).isFalse();
                    assertThat(e).hasMessageContaining("mx.example.org:25");
                });
    }

    @Test
    void internationalSenderShouldNotGoToAServerWithoutSmtputf8() throws IOException {
        Content content = content("x\r\n");
        Envelope envelope = Envelope.of("jürgen@example.org", "b@example.org");
        assertThatThrownBy(() -> Demands.check(HOP, envelope, content, without(Feature.SMTPUTF8)))
                .isInstanceOfSatisfying(
                        MailDeliveryException.class,
                        e -> assertThat(e.reply().enhancedStatus()).isEqualTo("5.6.7"));
    }

    @Test
    void internationalHeaderShouldOnlyNeedSmtputf8WhereItIsThere() throws Exception {
        MailParameters mayBe = new MailParameters(false, true, "", "");
        Envelope envelope = new Envelope(Optional.empty(), List.of(Recipient.of("b@example.org")), mayBe);
        Demands.check(HOP, envelope, content("Subject: u\r\n\r\nü\r\n"), without(Feature.SMTPUTF8));
        Content header = content("Subject: ü\r\n\r\nu\r\n");
        assertThatThrownBy(() -> Demands.check(HOP, envelope, header, without(Feature.SMTPUTF8)))
                .isInstanceOf(MailDeliveryException.class);
    }

    @Test
    void messageLargerThanTheServerTakesShouldNotBeSent() throws IOException {
        Content content = content("1234567890\r\n");
        Envelope envelope = Envelope.of("a@example.org", "b@example.org");
        assertThatThrownBy(() -> Demands.check(HOP, envelope, content, new Features(Set.of(Feature.SIZE), 11)))
                .isInstanceOfSatisfying(
                        MailDeliveryException.class,
                        e -> assertThat(e.reply().toString()).startsWith("552 5.3.4"));
    }

    private static Features without(Feature feature) {
        Set<Feature> others = EnumSet.allOf(Feature.class);
        others.remove(feature);
        return new Features(others, 0);
    }

    private static Content content(String text) throws IOException {
        return Content.check(MailContent.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
