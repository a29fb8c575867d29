package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Mailbox;
import org.postern.tls.PolicySettings;
import org.postern.tls.ServerLevel;
import org.postern.tls.TlsSettings;

/** Whose mail is taken over TLS only. */
class InboundRulesTest {

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    @AutoClose
    private PolicyBench bench;

    @Test
    void rulesShouldBeAboutTheirDomainsAndExcludeWhatContradictsThem() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of());
        bench.settings.change(PolicySettings.REQUIRE_TLS_FROM, ".example.org");
        assertThat(demandsTlsFrom("a@sub.Example.org")).isTrue();
        assertThat(demandsTlsFrom("a@example.org")).isFalse();
        assertThat(bench.policies.demandsTlsFrom(Optional.empty())).isFalse();
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.SERVER_LEVEL, ServerLevel.NONE.name()))
                .hasMessageContaining("R3");
    }

    @Test
    void lostRulesShouldDemandTlsOfEverybodyAndOfBounces() throws Exception {
        Files.writeString(folder.resolve("settings.properties"), "requireTlsFrom=a..b\n");
        bench = new PolicyBench(folder, clients, Map.of());
        assertThat(demandsTlsFrom("a@example.org")).isTrue();
        assertThat(bench.policies.demandsTlsFrom(Optional.empty())).isTrue();
    }

    private boolean demandsTlsFrom(String sender) {
        return bench.policies.demandsTlsFrom(Optional.of(Mailbox.parse(sender)));
    }
}
