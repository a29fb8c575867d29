package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VisitorsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void ipv6ShouldCountByItsSlash64AndIpv4ByItsAddress() throws Exception {
        assertThat(origin("2001:db8:1:2::1")).isEqualTo(origin("2001:db8:1:2:ffff::9"));
        assertThat(origin("2001:db8:1:2::1")).isNotEqualTo(origin("2001:db8:1:3::1"));
        assertThat(origin("192.0.2.1")).isNotEqualTo(origin("192.0.2.2")).isEqualTo(origin("::ffff:192.0.2.1"));
    }

    @Test
    void rateShouldHoldOverAnySixtySeconds() {
        var rate = new Rate();
        long now = 7 * SECOND;
        for (int i = 0; i < 10; i++) {
            assertThat(rate.take(10, now + 50 * SECOND)).isTrue();
        }
        assertThat(rate.take(10, now + 55 * SECOND)).isFalse();
        // A minute after the first: all of those are still near.
        assertThat(rate.take(10, now + 110 * SECOND)).isFalse();
        assertThat(rate.take(10, now + 120 * SECOND)).isTrue();
        assertThat(rate.isOver(now + 130 * SECOND)).isFalse();
        assertThat(rate.isOver(now + 400 * SECOND)).isTrue();
    }

    @Test
    void floodOfAddressesShouldNotFillTheMemory() {
        var visitors = new Visitors(100);
        for (int address = 0; address < 10_000; address++) {
            var visitor = visitors.find(new Origin(address, true));
            visitor.sessionsBegun.take(5, SECOND);
            visitors.enter(visitor);
            visitors.leave(visitor, SECOND);
        }
        assertThat(visitors.size()).isEqualTo(100);
    }

    @Test
    void visitorShouldBeForgottenWhenNothingOfItMatters() {
        var visitors = new Visitors(100);
        var first = visitors.find(new Origin(1, true));
        visitors.enter(first);
        assertThat(visitors.find(new Origin(1, true))).isSameAs(first);
        visitors.leave(first, SECOND);
        assertThat(visitors.size()).isZero();
    }

    @Test
    void visitorShouldBeRememberedWhileItsRateMatters() {
        var visitors = new Visitors(100);
        var first = visitors.find(new Origin(1, true));
        first.messagesBegun.take(5, SECOND);
        visitors.enter(first);
        visitors.leave(first, 2 * SECOND);
        assertThat(visitors.find(new Origin(1, true))).isSameAs(first);
        var later = visitors.find(new Origin(2, true));
        later.messagesBegun.take(5, 500 * SECOND);
        visitors.enter(later);
        visitors.leave(later, 500 * SECOND);
        assertThat(visitors.size()).isEqualTo(1);
    }

    private static Origin origin(String address) throws Exception {
        return Origin.of(InetAddress.getByName(address));
    }
}
