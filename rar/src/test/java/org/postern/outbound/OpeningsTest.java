package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits and who goes, by a clock and an event loop that the test moves. */
class OpeningsTest {

    private static final InetSocketAddress HOST = InetSocketAddress.createUnresolved("mx.example.org", 25);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> lost = new ArrayList<>();
    private Duration limit = Duration.ofSeconds(10);
    private final Openings openings = new Openings(() -> limit, now::get);

    @BeforeEach
    void stopTime() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void onlyTheOldestShouldWaitLongerThanTheLimit() {
        enter("first");
        pass(6);
        enter("second");
        enter("third");
        pass(3);
        assertThat(lost).isEmpty();
        assertThat(openings.silence(HOST)).isEmpty();
        pass(1);
        assertThat(lost).containsExactly("second", "third");
        assertThat(openings.silence(HOST)).contains(Duration.ofSeconds(10));
        enter("a second connection of one who was let in");
        pass(0);
        assertThat(lost).hasSize(3);
        pass(280);
        assertThat(lost).hasSize(3).doesNotContain("first");
        assertThat(openings.silence(HOST)).contains(Duration.ofSeconds(290));
    }

    @Test
    void placeShouldTellForHowLongTheAddressWasSilent() {
        Openings.Place first = enter("first");
        Openings.Place second = enter("second");
        assertThat(second.lostTo()).isEmpty();
        pass(10);
        assertThat(second.lostTo()).contains(Duration.ofSeconds(10));
        assertThat(first.lostTo()).isEmpty();
    }

    @Test
    void addressesShouldBeCountedByThemselves() {
        enter("first");
        openings.enter(InetSocketAddress.createUnresolved("mx.example.org", 26), channel.eventLoop())
                .whenLost(() -> lost.add("another port"));
        pass(60);
        assertThat(lost).isEmpty();
    }

    @Test
    void whenTheOldestEndsTheNextShouldTakeItsPlace() {
        Openings.Place first = enter("first");
        pass(4);
        enter("second");
        enter("third");
        pass(4);
        first.leave();
        assertThat(openings.silence(HOST)).isEmpty();
        pass(5);
        assertThat(lost).isEmpty();
        pass(1);
        assertThat(lost).containsExactly("third");
        assertThat(openings.silence(HOST)).contains(Duration.ofSeconds(10));
    }

    @Test
    void lateGreetingShouldMakeAllNormal() {
        Openings.Place first = enter("first");
        pass(30);
        assertThat(openings.silence(HOST)).isPresent();
        first.greeted();
        assertThat(openings.silence(HOST)).isEmpty();
        enter("second");
        enter("third");
        pass(9);
        assertThat(lost).isEmpty();
    }

    /** As a server does that greets one after the other. */
    @Test
    void timeShouldBeginAnewWithEachGreeting() {
        List<Openings.Place> places = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            places.add(enter("opening " + i));
        }
        for (Openings.Place place : places) {
            pass(9);
            place.greeted();
        }
        assertThat(lost).isEmpty();
        pass(60);
        assertThat(lost).isEmpty();
        assertThat(openings.silence(HOST)).isEmpty();
    }

    /** A host of many machines, one of which hangs: the others are not to wait for that one's end. */
    @Test
    void openingThatWasOvertakenShouldNotStandForItsAddress() {
        enter("hangs");
        enter("good").greeted();
        pass(60);
        assertThat(openings.silence(HOST)).isEmpty();
        assertThat(lost).as("it is alone").isEmpty();
        enter("hangs as well");
        pass(10);
        assertThat(openings.silence(HOST)).contains(Duration.ofSeconds(10));
        assertThat(lost).containsExactly("hangs");
    }

    @Test
    void withoutALimitAllShouldWait() {
        limit = Duration.ZERO;
        enter("first");
        enter("second");
        pass(300);
        assertThat(lost).isEmpty();
        assertThat(openings.silence(HOST)).isEmpty();
    }

    @Test
    void changedLimitShouldHoldAtOnceForNewOnesAndAtTheirNextCheckForOthers() {
        enter("first");
        enter("second");
        limit = Duration.ofSeconds(30);
        pass(29);
        assertThat(lost).isEmpty();
        limit = Duration.ofSeconds(20);
        assertThat(openings.silence(HOST)).isPresent();
        pass(1);
        assertThat(lost).containsExactly("second");
    }

    private Openings.Place enter(String name) {
        Openings.Place place = openings.enter(HOST, channel.eventLoop());
        place.whenLost(() -> lost.add(name));
        return place;
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
