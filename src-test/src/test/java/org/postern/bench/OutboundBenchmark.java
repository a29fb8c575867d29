package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to send mail, beside others in the same run and to the same sink. Senders take turns in each round. */
class OutboundBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final List<Way> WAYS = Way.ALL.stream()
            .filter(way -> way.name().contains(System.getProperty("benchmark.way", "")))
            .toList();

    @TempDir
    private Path folder;

    private final Map<Way, Map<String, List<Round>>> results = new LinkedHashMap<>();

    @Test
    void sendMailBesideOthers() throws IOException {
        Tools tools = Tools.make(folder);
        try (Sink withoutTickets = Sink.start(tools, false);
                Sink withTickets = Sink.start(tools, true);
                OutboundSenders senders = OutboundSenders.start(folder, tools, Flags.ofJvms())) {
            try {
                for (Way way : WAYS) {
                    Sink sink = way.isResumed() ? withTickets : withoutTickets;
                    measure(way, sink, tools.message(way.size()), senders);
                }
            } finally {
                // Also what was measured before something went wrong.
                System.out.println(new OutboundTable(results, senders.missing()));
            }
            assertThat(results.values()).allSatisfy(measured -> assertThat(measured.get(OutboundSenders.POSTERN))
                    .hasSize(ROUNDS));
        }
    }

    private void measure(Way way, Sink sink, Path message, OutboundSenders senders) throws IOException {
        List<OutboundSender> able =
                senders.all().stream().filter(sender -> sender.can(way)).toList();
        for (OutboundSender sender : able) {
            if (sender.warmsUp()) {
                warmUp(way, sink, message, sender);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (OutboundSender sender : able) {
                Sink.Counts before = sink.counts();
                Round measured = sender.send(way, sink.port(), message, sender.messages(way));
                check(way, sender, sink.counts().since(before));
                results.computeIfAbsent(way, key -> new LinkedHashMap<>())
                        .computeIfAbsent(sender.name(), key -> new ArrayList<>())
                        .add(measured);
            }
        }
    }

    /** In batches, as slow senders would take too long over all of it; they have compiled what they need by then, too. */
    private static void warmUp(Way way, Sink sink, Path message, OutboundSender sender) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        while (sent < way.warmUp() && System.nanoTime() - start < LONGEST_WARM_UP.toNanos()) {
            sender.send(way, sink.port(), message, way.messages());
            sent += way.messages();
        }
    }

    /** What did not happen as it is named in the table is not measured. */
    private static void check(Way way, OutboundSender sender, Sink.Counts counts) {
        int messages = sender.messages(way);
        assertThat(counts.messages()).as(sender.name()).isEqualTo(messages);
        long handshakes = counts.full() + counts.resumed();
        if (way.isKept()) {
            assertThat(handshakes).as(sender.name() + " keeps connections").isLessThan(messages / 10);
        } else if (way.isResumed()) {
            assertThat(counts.resumed()).as(sender.name() + ": " + way.name()).isGreaterThan((long)
                    (messages * sender.resumedShare()));
        } else {
            assertThat(counts.full()).as(sender.name() + ": " + way.name()).isGreaterThan(messages * 9 / 10);
        }
    }
}
