package org.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "5.",
                "5.1",
                "5.1.",
                "5..1",
                ".1.1",
                "5.1.1.1",
                "5.1.1234",
                "5.1234.1",
                "5.1.x",
                "55.1.1",
                "5.1.1 ",
                "5.1.\u0661"
            })
    void otherEnhancedStatusesShouldBeRefused(String status) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reply(550, status, "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.1", "5.7.13", "5.100.999", "5.0.0"})
    void enhancedStatusesShouldBeTaken(String status) {
        assertThat(new Reply(550, status, "no")).hasToString("550 " + status + " no");
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
