package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.administration.Health.Severity;

class HealthRegisterTest {

    private final List<String> errors = new ArrayList<>();
    private final HealthRegister health = new HealthRegister(errors::add);

    @Test
    void statusShouldBeTheWorstOnceMailCanBeTaken() {
        assertThat(health.status()).isEqualTo("STARTING");
        health.report("a", Severity.WARNING, "Something.");
        assertThat(health.status()).isEqualTo("STARTING");
        health.ready(true);
        assertThat(health.status()).isEqualTo("WARNING");
        health.clear("a");
        assertThat(health.status()).isEqualTo("OK");
    }

    @Test
    void errorShouldShowBeforeMailCanBeTaken() {
        health.report("a", Severity.ERROR, "Something bad.");
        assertThat(health.status()).isEqualTo("ERROR");
    }

    @Test
    void worstShouldComeFirst() {
        health.report("a", Severity.WARNING, "Less.");
        health.report("b", Severity.ERROR, "Bad.");
        assertThat(health.problems()).containsExactly("Bad.", "Less.");
    }

    @Test
    void newErrorShouldBeToldOnceWithItsKey() {
        health.report("a", Severity.ERROR, "Bad.");
        health.report("a", Severity.ERROR, "Bad.");
        health.report("b", Severity.WARNING, "Less.");
        assertThat(errors).containsExactly("a");
    }

    @Test
    void sentenceShouldBeLoggedOnceAndAgainWhenItComesBack() {
        try (var log = new CapturedLog(HealthRegister.class.getName())) {
            health.report("a", Severity.WARNING, "Less {0}.");
            health.report("a", Severity.WARNING, "Less {0}.");
            assertThat(log.lines).containsExactly("Less {0}.");
            health.clear("a");
            health.report("a", Severity.WARNING, "Less {0}.");
            assertThat(log.lines).hasSize(2);
        }
    }
}
