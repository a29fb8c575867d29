package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.tls.ClientLevel;
import org.postern.tls.PolicySettings;
import org.postern.tls.TlsSettings;

/** The certificate that a policy names: what may be named, what keeps it, and what happens when it is lost all the same. */
class PolicyCertificateTest {

    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    @AutoClose
    private PolicyBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of());
    }

    @Test
    void onlyWhatCouldBeActivatedForClientsShouldBeNamed() {
        add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        add("server", TestAuthority.Request.server(NOW, "gateway.example.org"));
        add("late", TestAuthority.Request.client(NOW, "x.example").valid(NOW.minus(DAY), NOW.minusSeconds(1)));
        add(
                "early",
                TestAuthority.Request.client(NOW, "x.example").valid(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(2))));
        policy("localhost level=REQUIRE clientCertificate=good");
        String before = bench.settings.text(PolicySettings.POLICIES);
        assertRefused("nothing", "There is no certificate nothing");
        assertRefused("late", "The certificate late has expired at");
        assertRefused("early", "The certificate early is not valid before");
        assertRefused("server", "does not name clientAuth");
        assertRefused("server", "acceptServerAuthAsClient allows");
        assertThat(bench.settings.text(PolicySettings.POLICIES)).isEqualTo(before);
        assertThat(problems()).isEmpty();
    }

    @Test
    void serverCertificateShouldDoWhereThatIsAcceptedAndForAsLongAsItIsNamed() {
        add("server", TestAuthority.Request.server(NOW, "gateway.example.org"));
        accept("true");
        policy("localhost level=REQUIRE clientCertificate=server");
        assertThatThrownBy(() -> accept("false")).hasMessageContaining("does not name clientAuth");
        policy("");
        accept("false");
    }

    @Test
    void namedCertificateShouldNotBeDeleted() {
        add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        policy(
                "localhost level=REQUIRE clientCertificate=good; .example.org level=NONE clientCertificate=good monitor=true");
        assertThatThrownBy(() -> bench.activation.delete("good"))
                .hasMessageContaining("client certificate of the policy of localhost")
                .hasMessageContaining("client certificate of the policy of .example.org");
        assertThat(bench.store.aliases()).contains("good");
        policy("");
        assertThat(bench.activation.delete("good")).contains("Deleted");
    }

    @Test
    void mailShouldWaitForACertificateThatWasLostAndGoWhenItIsBack() throws Exception {
        Entry good = add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        policy("localhost level=ATTEMPT clientCertificate=good");
        restartWithout("good");
        List<DeliveryNews> told = new ArrayList<>();
        bench.statistics.observe(told::add);
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("policy of localhost cannot be shown", "There is no certificate good", "waits");
        Entry served = bench.authority.issue(TestAuthority.Request.server(NOW, "localhost"));
        try (FaultyPeer peer = new FaultyPeer(PolicyBench.server(served), FaultyPeer.Way.GOOD)) {
            MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(peer));
            assertThat(failure.isTemporary()).isTrue();
            assertThat(failure.reply().enhancedStatus()).isEqualTo("4.3.5");
            assertThat(failure).hasMessageContaining("the policy of localhost names: There is no certificate good");
            assertThat(peer.connections()).isZero();
            assertThat(bench.probe.explain("localhost")).contains("Mail waits now", "There is no certificate good");
            assertThat(told)
                    .containsExactly(new DeliveryNews(
                            "localhost", false, "CLIENT_CERTIFICATE_MISSING", 1, failure.getMessage()));
            assertThat(bench.statistics.stoppedDomains()).containsExactly("localhost");
            bench.store.add(good);
            send(peer);
            assertThat(peer.connections()).isOne();
        }
        assertThat(told).extracting(DeliveryNews::healed).containsExactly(false, true);
        assertThat(bench.statistics.stoppedDomains()).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void mailShouldWaitForTheActiveCertificateToo() throws Exception {
        Entry good = add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        bench.activation.activateAsClient("good");
        restartWithout("good");
        assertThat(problems("client certificate"))
                .singleElement()
                .asString()
                .contains("active client certificate is not shown", "mail waits", "There is no certificate good");
        Entry served = bench.authority.issue(TestAuthority.Request.server(NOW, "localhost"));
        try (FaultyPeer peer = new FaultyPeer(PolicyBench.server(served), FaultyPeer.Way.GOOD)) {
            MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(peer));
            assertThat(failure.reply().enhancedStatus()).isEqualTo("4.3.5");
            assertThat(failure.isTemporary()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("the setting activeClientCertificate names: There is no certificate good");
            assertThat(bench.probe.explain("localhost")).contains("the setting activeClientCertificate names (451");
            assertThat(peer.connections()).isZero();
            assertThat(bench.statistics.stoppedDomains()).containsExactly("localhost");
            bench.settings.change(TlsSettings.CLIENT_LEVEL, "NONE");
            send(peer);
            assertThat(bench.statistics.stoppedDomains()).isEmpty();
            bench.settings.change(TlsSettings.CLIENT_LEVEL, "ATTEMPT");
            assertThatThrownBy(() -> send(peer)).hasMessageContaining("There is no certificate good");
            bench.store.add(good);
            bench.activation.activateAsClient("good");
            send(peer);
            assertThat(peer.connections()).isEqualTo(2);
        }
        assertThat(problems("client certificate")).isEmpty();
    }

    @Test
    void policyThatLostItsCertificateShouldStillBeMadeStricter() throws Exception {
        add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        policy("localhost level=ATTEMPT clientCertificate=good");
        restartWithout("good");
        policy("localhost level=REQUIRE clientCertificate=good");
        assertThat(bench.policies.find("localhost").orElseThrow().level()).isEqualTo(ClientLevel.REQUIRE);
        assertThat(problems()).hasSize(1);
        policy("");
        assertThat(problems()).isEmpty();
    }

    @Test
    void lostActiveCertificateShouldKeepNobodyFromMakingAPolicy() throws Exception {
        add("good", TestAuthority.Request.client(NOW, "gateway.example.org"));
        bench.activation.activateAsClient("good");
        restartWithout("good");
        policy("localhost level=REQUIRE");
        assertThat(bench.policies.decide(NextHop.of("localhost", 25)).obstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("There is no certificate good"));
        assertThatThrownBy(() -> policy("localhost level=REQUIRE clientCertificate=good"))
                .hasMessageContaining("good");
    }

    @Test
    void whatDoesNotFitAnyMoreShouldBeToldAndShown() throws Exception {
        add("late", TestAuthority.Request.client(NOW, "x.example").valid(NOW.minus(DAY), NOW.minusSeconds(1)));
        bench.close();
        bench = new PolicyBench(folder, clients, Map.of("policies", "localhost level=REQUIRE clientCertificate=late"));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("policy of localhost does not fit: The certificate late has expired", "shown all the same");
        assertThat(bench.policies.decide(NextHop.of("localhost", 25)).obstacle())
                .isEmpty();
    }

    private List<String> problems() {
        return problems("policy of");
    }

    private List<String> problems(String about) {
        return bench.health.problems().stream()
                .filter(problem -> problem.contains(about))
                .toList();
    }

    private void restartWithout(String alias) throws Exception {
        bench.close();
        Files.move(folder.resolve("certificates").resolve(alias), folder.resolve("lost"));
        bench = new PolicyBench(folder, clients, Map.of());
    }

    private Entry add(String alias, TestAuthority.Request request) {
        Entry issued = bench.authority.issue(request);
        Entry entry = new Entry(alias, issued.key(), issued.chain(), issued.origin(), issued.added());
        bench.store.add(entry);
        return entry;
    }

    private void assertRefused(String alias, String told) {
        assertThatThrownBy(() -> policy("localhost level=REQUIRE_AND_VERIFY clientCertificate=" + alias))
                .hasMessageContaining(told);
    }

    private void policy(String text) {
        bench.settings.change(PolicySettings.POLICIES, text);
    }

    private void accept(String text) {
        bench.settings.change(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT, text);
    }

    private void send(FaultyPeer peer) throws MailDeliveryException {
        try (Connection connection = bench.client.connection(NextHop.of("localhost", peer.port()))) {
            MailContent content = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
            connection.send(Envelope.of("a@example.org", "b@example.org"), content);
        }
    }
}
