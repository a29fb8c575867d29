package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryCheckTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path data;

    @Test
    void eachThresholdShouldBeToldOnceAlsoAcrossRestarts() {
        StoreBench bench = new StoreBench(data, START);
        add(bench, "mail", Duration.ofDays(-10), Duration.ofDays(100));
        assertThat(daysTold(100)).containsExactly(30L, 14L, 7L, 1L, 0L);
    }

    @Test
    void shortLivedShouldBeToldAfterTwoThirds() {
        StoreBench bench = new StoreBench(data, START);
        add(bench, "mail", Duration.ZERO, Duration.ofDays(45));
        assertThat(daysTold(45)).containsExactly(15L, 14L, 7L, 1L, 0L);
    }

    @Test
    void thresholdsPassedWhileNobodyLookedShouldBeToldAsOne() {
        StoreBench bench = new StoreBench(data, START);
        add(bench, "mail", Duration.ofDays(-100), Duration.ofDays(5));
        bench.events.clear();
        bench.expiry.run();
        bench.expiry.run();
        assertThat(bench.events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Event.Kind.EXPIRING);
            assertThat(event.sentence()).isEqualTo("The certificate mail expires at 2026-11-29T12:00:00Z, in 5 days.");
        });
    }

    @Test
    void activeOneShouldBeAProblemUntilItIsGone() {
        StoreBench bench = new StoreBench(data, START);
        bench.selfSigned("mail");
        bench.activation.activateAsServer("mail");
        bench.clock.forward(Duration.ofDays(380));
        bench.expiry.run();
        assertThat(bench.health.problems()).singleElement().asString().contains("The certificate mail expires at");
        bench.selfSigned("other");
        bench.activation.activateAsServer("other");
        bench.activation.deactivateAsServer("mail");
        bench.activation.delete("mail");
        bench.expiry.run();
        assertThat(bench.health.problems()).isEmpty();
    }

    @Test
    void selfMadeDefaultShouldBeRenewedWithTheSameKeyAndOthersNot() {
        StoreBench bench = new StoreBench(data, START);
        Entry old = bench.selfSigned("default");
        Entry other = bench.selfSigned("other");
        bench.maker.createCompanion("default", KeyKind.RSA_2048);
        Entry companion = bench.store.load("default-rsa-2048");
        bench.activation.activateAsServer("default");
        bench.clock.forward(Duration.ofDays(366));
        bench.expiry.run();
        assertThat(bench.store.load("default")).isEqualTo(old);
        bench.clock.forward(Duration.ofDays(1));
        bench.events.clear();
        bench.expiry.run();
        Entry renewed = bench.store.load("default");
        assertThat(renewed.key()).isEqualTo(old.key());
        assertThat(renewed.certificate().getNotAfter().toInstant())
                .isEqualTo(bench.clock.instant().plus(Duration.ofDays(397)).minus(Duration.ofHours(1)));
        assertThat(bench.store.load("other")).isEqualTo(other);
        assertThat(bench.store.load("default-rsa-2048").certificate()).isNotEqualTo(companion.certificate());
        assertThat(bench.kinds())
                .containsExactlyInAnyOrder(Event.Kind.RENEWED, Event.Kind.RENEWED, Event.Kind.EXPIRING);
        assertThat(bench.health.problems()).isEmpty();
    }

    @Test
    void importedDefaultShouldNotBeRenewed() {
        StoreBench bench = new StoreBench(data, START);
        add(bench, "default", Duration.ofDays(-100), Duration.ofDays(5));
        Entry before = bench.store.load("default");
        bench.expiry.run();
        assertThat(bench.store.load("default")).isEqualTo(before);
    }

    @Test
    void refusedRenewalShouldLeaveTheOldOneAndBeTold() {
        StoreBench bench = new StoreBench(data, START);
        Entry old = bench.selfSigned("default");
        bench.settings.join(candidate -> {
            throw new IllegalStateException("It cannot be proven.");
        });
        bench.clock.forward(Duration.ofDays(380));
        bench.events.clear();
        bench.expiry.run();
        assertThat(bench.store.load("default")).isEqualTo(old);
        assertThat(new StoreBench(data).store.load("default")).isEqualTo(old);
        assertThat(bench.kinds()).containsExactly(Event.Kind.EXPIRING);
    }

    /** Runs the check every six hours, each time after a restart, and tells how many days were left when it told something. */
    private List<Long> daysTold(int days) {
        var told = new ArrayList<Long>();
        for (int quarter = 0; quarter <= 4 * (days + 3); quarter++) {
            Instant now = START.plus(Duration.ofHours(6L * quarter));
            StoreBench bench = new StoreBench(data, now);
            bench.expiry.run();
            bench.events.forEach(event -> {
                assertThat(event.kind() == Event.Kind.EXPIRED)
                        .isEqualTo(!now.isBefore(START.plus(Duration.ofDays(days))));
                told.add(
                        Duration.between(now, START.plus(Duration.ofDays(days))).toDays());
            });
        }
        return told;
    }

    private static void add(StoreBench bench, String alias, Duration start, Duration end) {
        var chain = new TestChain(bench.clock.instant()).validFor(start, end);
        bench.store.add(chain.issue(alias, KeyKind.EC_P256.generate()));
    }
}
