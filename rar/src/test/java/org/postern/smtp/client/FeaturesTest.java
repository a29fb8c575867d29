package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.Reply;

class FeaturesTest {

    @Test
    void keywordsShouldBeReadInAnyCase() {
        Features features = features("mx.example.org", "Pipelining", "8bitmime", "STARTTLS", "X-UNKNOWN a b");
        assertThat(features.offered())
                .containsExactlyInAnyOrder(Feature.PIPELINING, Feature.EIGHT_BIT_MIME, Feature.STARTTLS);
    }

    @Test
    void keywordsShouldConsistOfAscii() {
        Features features = features("mx.example.org", "P\u0131PELINING", "\u017fIZE 1", "SIZE \u0661\u0662");
        assertThat(features.offered()).containsExactly(Feature.SIZE);
        assertThat(features.maxSize()).isZero();
    }

    @Test
    void nameOfTheServerShouldNotBeTakenForAKeyword() {
        assertThat(features("STARTTLS").offered()).isEmpty();
    }

    @Test
    void sizeShouldBeRead() {
        assertThat(features("mx", "SIZE 52428800").maxSize()).isEqualTo(52_428_800);
        assertThat(features("mx", "SIZE").maxSize()).isZero();
        assertThat(features("mx", "SIZE nonsense").maxSize()).isZero();
        assertThat(features("mx", "SIZE").offers(Feature.SIZE)).isTrue();
    }

    @Test
    void mechanismsShouldBeReadInAnyCase() {
        assertThat(features("mx", "auth  Plain scram-sha-256 ", "", " ", "AUTH LOGIN")
                        .mechanisms())
                .containsExactlyInAnyOrder("PLAIN", "SCRAM-SHA-256", "LOGIN");
    }

    @Test
    void sizeThatNoNumberCanHoldShouldBeNoLimit() {
        assertThat(features("mx", "SIZE 9999999999999999999").maxSize()).isZero();
        assertThat(features("mx", "SIZE 999999999999999999").maxSize()).isEqualTo(999_999_999_999_999_999L);
        assertThat(features("mx", "SIZE -1").maxSize()).isZero();
    }

    private static Features features(String... lines) {
        return Features.of(new Reply(250, "", List.of(lines)));
    }
}
