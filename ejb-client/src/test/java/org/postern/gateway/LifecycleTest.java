package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

    @TempDir
    Path data;

    private FakeAdministration administration;
    private Lifecycle lifecycle;

    @BeforeEach
    void make() {
        administration = new FakeAdministration(data, "mx.example.org");
        lifecycle = new Lifecycle(new FakeNextHop(administration), Runnable::run);
    }

    @Test
    void settingsShouldBeDeclaredAtTheStart() {
        lifecycle.start();
        assertThat(administration.declared).containsExactlyElementsOf(GatewaySettings.ALL);
        assertThat(administration.problems).isEmpty();
    }

    @Test
    void allBeansShouldSendReportsByTheSame() {
        lifecycle.start();
        assertThat(lifecycle.reportSender()).isNotNull().isSameAs(lifecycle.reportSender());
    }

    @Test
    void stopShouldTakeItsSettingsAway() {
        lifecycle.start();
        lifecycle.stop();
        assertThat(administration.declared).isEmpty();
    }

    @Test
    void stopShouldBeQuietWhenTheStartFailed() {
        lifecycle.stop();
        assertThat(administration.declared).isEmpty();
    }
}
