package org.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void textThatWouldBeginAnotherReplyShouldBeRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, "5.1.1", "no\r\n250 2.0.0 yes"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, "5.1.1", List.of("no", "bad\nline")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, "5.1.1\r\n", "no"));
    }

    @Test
    void enhancedStatusShouldFitTheCode() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, "4.1.1", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, "5.1", "no"));
        assertThat(new Reply(550, "5.1.1", "no")).hasToString("550 5.1.1 no");
        assertThat(new Reply(220, "", "hello")).hasToString("220 hello");
    }

    @Test
    void codesThatSmtpDoesNotKnowShouldBeRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(600, "", "no"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(199, "", "no"));
    }

    @Test
    void rejectionShouldBeNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MailRejectedException(250, "2.0.0", "fine"));
        assertThat(new MailRejectedException(451, "4.7.1", "later").reply().isTemporary())
                .isTrue();
    }
}
