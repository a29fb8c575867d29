package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.administration.BeanWalk;
import org.postern.outbound.PolicyBench;
import org.postern.outbound.TestClients;
import org.postern.tls.PolicySettings;

class PolicyBeansTest {

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final List<String> audited = new ArrayList<>();
    private PolicyBench bench;
    private BeanRegistry registry;
    private PolicyEditor editor;
    private PoliciesBean policies;
    private PolicyBeans beans;

    @BeforeEach
    void start() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of("policies", "first.example level=NONE"));
        bench.settings.observe(new ChangeRecord(audited::add));
        registry = new BeanRegistry(server, "org.postern");
        editor = new PolicyEditor(bench.settings);
        policies = new PoliciesBean(bench.settings, editor, audited::add, () -> "admin");
        beans = new PolicyBeans(registry, bench.settings, editor, bench.statistics, audited::add, () -> "admin");
        beans.start();
    }

    @AfterEach
    void stop() {
        beans.close();
        bench.close();
    }

    @Test
    void beansShouldReadWellInJConsole() {
        BeanWalk.check(policies);
        BeanWalk.check(new PolicyBean("first.example", editor, bench.statistics, audited::add, () -> "admin"));
        BeanWalk.check(new OutboundStatisticsBean(bench.statistics, bench.environment.dead(), audited::add));
        BeanWalk.check(new TlsPeersBean(bench.peers));
        BeanWalk.check(new ClientTlsBean(bench.settings, bench.roles, bench.probe, () -> "admin"));
        BeanWalk.check(new TlsPeersBean(new org.postern.tls.PeerTable(Clock.systemUTC())));
    }

    @Test
    void policyShouldBeMadeChangedAndTakenAway() throws Exception {
        assertThat(policies.setPolicy("Example.ORG", "require")).isEqualTo("made a policy of example.org: REQUIRE");
        assertThat(server.getAttribute(name("example.org"), "Level")).isEqualTo("REQUIRE");
        assertThat(policies.setPolicy(".example.org", "NONE")).contains("made a policy of .example.org");
        assertThat(policies.setPolicy("example.org", "ATTEMPT"))
                .isEqualTo("changed the policy of example.org from REQUIRE to ATTEMPT");
        assertThat(policies.getOverview())
                .containsExactly("first.example level=NONE", "example.org level=ATTEMPT", ".example.org level=NONE");
        assertThat(policies.removePolicy("example.org")).isEqualTo("removed the policy of example.org");
        assertThat(server.isRegistered(name("example.org"))).isFalse();
        assertThat(server.isRegistered(name(".example.org"))).isTrue();
        assertThat(audited)
                .containsExactly(
                        "the policy of example.org was made: example.org level=REQUIRE",
                        "the policy of .example.org was made: .example.org level=NONE",
                        "the policy of example.org changed: level from REQUIRE to ATTEMPT",
                        "the policy of example.org was taken away: example.org level=ATTEMPT");
        assertThat(policies.resetToConfigured()).contains("Reset");
        assertThat(policies.getOverview()).containsExactly("first.example level=NONE");
        assertThat(server.isRegistered(name(".example.org"))).isFalse();
    }

    @Test
    void fieldsShouldBeChangedOneByOneAndTold() throws Exception {
        List<Notification> told = new ArrayList<>();
        ObjectName name = name("first.example");
        server.addNotificationListener(name, (notification, handback) -> told.add(notification), null, null);
        set("VerifyNames", "mx, *.example.net");
        set("Level", "require_and_verify");
        set("NextHop", "mx.example.net:26");
        set("MinimumProtocol", "tlsv1.3");
        set("Pins", "AB:".repeat(31) + "AB");
        set("IgnoredExtensions", "chunking");
        server.setAttribute(name, new Attribute("Monitor", true));
        assertThat(bench.settings.text(PolicySettings.POLICIES))
                .isEqualTo(
                        "first.example level=REQUIRE_AND_VERIFY nextHop=mx.example.net:26 verifyNames=mx,*.example.net"
                                + " minimumProtocol=TLSv1.3 pins=" + "ab".repeat(32)
                                + " ignoredExtensions=CHUNKING monitor=true");
        assertThat(told).hasSize(7);
        assertThat(((AttributeChangeNotification) told.get(1)).getMessage())
                .isEqualTo("admin: policy of first.example: Level changed from NONE to REQUIRE_AND_VERIFY");
        set("NextHop", "");
        assertThat(server.getAttribute(name, "NextHop")).isEqualTo("");
    }

    @Test
    void wrongValueShouldBeRefusedAndChangeNothing() {
        String before = bench.settings.text(PolicySettings.POLICIES);
        assertRefused(() -> set("Level", "STRICT"), "must be one of NONE, ATTEMPT, REQUIRE, REQUIRE_AND_VERIFY");
        assertRefused(() -> set("Pins", "ab".repeat(32)), "cannot have Pins at Level NONE");
        assertRefused(() -> set("ClientCertificate", "nothing"), "There is no certificate nothing");
        assertRefused(() -> set("NextHop", "a b; x level=NONE"), "semicolon");
        assertThat(bench.settings.text(PolicySettings.POLICIES)).isEqualTo(before);
        assertThat(audited).isEmpty();
        assertThatThrownBy(() -> policies.setPolicy("String", "NONE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Nothing was changed.");
        assertThatThrownBy(() -> policies.setPolicy("*", "NONE")).hasMessageContaining("Level of ClientTls");
        assertThatThrownBy(() -> policies.setPolicy("a..b", "NONE")).hasMessageContaining("domain name");
        assertThatThrownBy(() -> policies.setPolicy("example.org", "")).hasMessageContaining("level");
        assertThatThrownBy(() -> policies.removePolicy("other.example")).hasMessageContaining("There is no policy");
    }

    @Test
    void inboundRulesShouldComeAndGo() {
        assertThat(policies.requireFrom("Example.org")).isEqualTo("demands TLS of senders of example.org");
        policies.requireFrom(".example.org");
        assertThat(policies.getInboundRules()).containsExactly("example.org", ".example.org");
        assertThatThrownBy(() -> policies.requireFrom("example.org")).hasMessageContaining("already");
        assertThat(policies.allowFrom("example.org")).contains("no longer");
        assertThatThrownBy(() -> policies.allowFrom("example.org")).hasMessageContaining("there are: .example.org");
        assertThat(policies.getInboundRules()).containsExactly(".example.org");
    }

    private void set(String attribute, String value) throws Exception {
        server.setAttribute(name("first.example"), new Attribute(attribute, value));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable change, String told) {
        assertThatThrownBy(change)
                .isInstanceOf(RuntimeMBeanException.class)
                .cause()
                .hasNoCause()
                .hasMessageContaining(told)
                .hasMessageEndingWith("Nothing was changed.");
    }

    private static ObjectName name(String domain) throws Exception {
        return new ObjectName("org.postern:type=Policy,name=" + domain);
    }
}
