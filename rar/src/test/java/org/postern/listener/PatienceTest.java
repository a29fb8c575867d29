package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.administration.Source;
import org.postern.smtp.server.Session;
import org.postern.smtp.server.SessionFacts;

/** How long each phase is waited for, by a clock that the test moves. */
class PatienceTest {

    private static final SessionFacts FACTS = new SessionFacts(
            "id",
            InetSocketAddress.createUnresolved("client.example", 25),
            "mx.example.org",
            SessionFacts.Starttls.NOT_OFFERED,
            false,
            0,
            0);

    private final MockTicker clock = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(clock).build();
    private final List<String> passed = new ArrayList<>();
    private final Session session = new Session(FACTS, new TestDeliveries());

    private Patience patience(String... configured) {
        return new Patience(new Values(Map.of(configured[0], configured[1])), channel.eventLoop(), passed::add);
    }

    @Test
    void idleSessionShouldBeWaitedForFiveMinutes() {
        Patience patience = patience("port", "25");
        patience.await(session);
        forward(4, TimeUnit.MINUTES);
        patience.await(session);
        forward(5 * 60 - 1, TimeUnit.SECONDS);
        assertThat(passed).isEmpty();
        forward(2, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("idleTimeout");
    }

    @Test
    void changedLimitShouldHoldForWhatIsWaitedForAlready() {
        Map<String, String> limits = new HashMap<>(Map.of("idleTimeout", "300"));
        Patience patience = new Patience(new Values(limits), channel.eventLoop(), passed::add);
        patience.await(session);
        forward(200, TimeUnit.SECONDS);
        change(patience, limits, "idleTimeout", "400");
        forward(199, TimeUnit.SECONDS);
        assertThat(passed).as("the old limit is over, the new one is not").isEmpty();
        change(patience, limits, "idleTimeout", "0");
        forward(30, TimeUnit.DAYS);
        patience.await(session);
        forward(50, TimeUnit.SECONDS);
        change(patience, limits, "idleTimeout", "60");
        forward(9, TimeUnit.SECONDS);
        assertThat(passed).isEmpty();
        forward(1, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("idleTimeout");
        patience.await(session);
        forward(50, TimeUnit.SECONDS);
        change(patience, limits, "idleTimeout", "40");
        forward(0, TimeUnit.SECONDS);
        assertThat(passed).as("what is over by the new limit ends at once").hasSize(2);
    }

    @Test
    void changedLimitShouldHoldForContentThatComesAlready() {
        Map<String, String> limits = new HashMap<>();
        Patience patience = new Patience(new Values(limits), channel.eventLoop(), passed::add);
        command("DATA");
        patience.await(session);
        patience.contentCame(1_000_000);
        forward(50, TimeUnit.SECONDS);
        patience.contentCame(1);
        change(patience, limits, "contentIdleTimeout", "20");
        forward(19, TimeUnit.SECONDS);
        assertThat(passed).as("silence counts from the last octet").isEmpty();
        change(patience, limits, "contentIdleTimeout", "0");
        forward(1_000, TimeUnit.SECONDS);
        assertThat(passed).as("the octets buy more time than that").isEmpty();
        change(patience, limits, "minDataRate", "1000");
        forward(0, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("minDataRate");
        change(patience, limits, "minDataRate", "0");
        change(patience, limits, "maxDataTime", "2000");
        forward(930, TimeUnit.SECONDS);
        assertThat(passed).hasSize(1);
        forward(1, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("minDataRate", "maxDataTime");
    }

    @Test
    void changedLimitShouldBeginNoWait() {
        Map<String, String> limits = new HashMap<>();
        Patience patience = new Patience(new Values(limits), channel.eventLoop(), passed::add);
        forward(1, TimeUnit.DAYS);
        change(patience, limits, "idleTimeout", "1");
        forward(1, TimeUnit.DAYS);
        patience.await(session);
        patience.stop();
        change(patience, limits, "idleTimeout", "2");
        forward(1, TimeUnit.DAYS);
        assertThat(passed).isEmpty();
    }

    @Test
    void contentShouldNotComeSlowerThanTheLeastRateFromTheSecondMinuteOn() {
        Patience patience = patience("minDataRate", "100");
        command("DATA");
        patience.await(session);
        for (int second = 0; second < 200; second++) {
            forward(1, TimeUnit.SECONDS);
            patience.contentCame(99);
        }
        assertThat(passed).as("the first minute is free, and buys one").isEmpty();
        // 100 octets a second cover all seconds but those of that minute.
        for (int second = 200; second < 7_000 && passed.isEmpty(); second++) {
            forward(1, TimeUnit.SECONDS);
            patience.contentCame(99);
        }
        assertThat(passed).containsExactly("minDataRate");
    }

    @Test
    void dripShouldBeEndedSoonAfterTheFirstMinute() {
        Patience patience = patience("minDataRate", "100");
        command("DATA");
        patience.await(session);
        for (int second = 1; second <= 59; second++) {
            forward(1, TimeUnit.SECONDS);
            patience.contentCame(1);
        }
        assertThat(passed).isEmpty();
        forward(3, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("minDataRate");
    }

    @Test
    void contentAtTheLeastRateShouldBeTakenUntilTheTimeForAllOfIt() {
        Patience patience = patience("minDataRate", "100");
        command("DATA");
        patience.await(session);
        for (int half = 0; half < 2 * 4 * 60 - 1; half++) {
            forward(30, TimeUnit.SECONDS);
            patience.contentCame(3_000);
        }
        assertThat(passed).isEmpty();
        forward(31, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("maxDataTime");
    }

    @Test
    void chunksShouldBuyNoTimeForTheMessage() {
        Patience patience = patience("minDataRate", "100");
        for (int second = 0; second < 70 && passed.isEmpty(); second++) {
            command("BDAT 1");
            patience.await(session);
            patience.contentCame(1);
            session.chunkEnded(Optional.empty());
            patience.await(session);
            forward(1, TimeUnit.SECONDS);
        }
        command("BDAT 1");
        patience.await(session);
        forward(1, TimeUnit.SECONDS);
        assertThat(passed).containsExactly("minDataRate");
    }

    @Test
    void nextMessageShouldHaveItsTimeAnew() {
        Patience patience = patience("minDataRate", "100");
        for (int message = 0; message < 3; message++) {
            command("DATA");
            patience.await(session);
            forward(50, TimeUnit.SECONDS);
            session.contentEnded(Optional.of(TestDeliveries.REFUSAL));
            patience.await(session);
        }
        assertThat(passed).isEmpty();
    }

    @Test
    void withoutBoundsNothingShouldBeWaitedFor() {
        Patience patience = new Patience(
                new Values(Map.of("minDataRate", "0", "maxDataTime", "0", "contentIdleTimeout", "0")),
                channel.eventLoop(),
                passed::add);
        command("DATA");
        patience.await(session);
        forward(30, TimeUnit.DAYS);
        assertThat(passed).isEmpty();
    }

    private void change(Patience patience, Map<String, String> limits, String name, String text) {
        limits.put(name, text);
        patience.lookAgain(session);
    }

    private void command(String last) {
        if (session.currentEnvelope().isEmpty()) {
            session.command("EHLO client.example");
            session.command("MAIL FROM:<a@client.example>");
            session.command("RCPT TO:<a@accepted.example>");
        }
        session.command(last);
    }

    private void forward(long time, TimeUnit unit) {
        clock.advance(time, unit);
        channel.runScheduledPendingTasks();
    }

    /** Defaults, but for what is configured. */
    private record Values(Map<String, String> configured) implements SettingValues {

        @Override
        public <T> T get(Setting<T> setting) {
            return setting.parse(text(setting));
        }

        @Override
        public String text(Setting<?> setting) {
            return configured.getOrDefault(setting.name(), setting.defaultText());
        }

        @Override
        public Source source(Setting<?> setting) {
            return Source.DEFAULT;
        }
    }
}
