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

/**
 * What it costs to take mail, beside others in the same run. Servers take turns in each round; the medians of the rounds are
 * compared, as the machine may be slower now and then.
 */
class InboundBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final List<Case> WAYS = Case.ALL.stream()
            .filter(way -> way.name().contains(System.getProperty("benchmark.way", "")))
            .toList();

    private static final int BATCHES = 10;

    @TempDir
    private Path folder;

    private final Map<Case, Map<String, List<Round>>> results = new LinkedHashMap<>();

    @Test
    void takeMailBesideOthers() throws IOException {
        Tools tools = Tools.make(folder);
        try (InboundPeers peers = InboundPeers.start(folder, tools, Flags.ofJvms())) {
            try {
                for (Case way : WAYS) {
                    measure(tools, peers, way);
                }
            } finally {
                // Also what was measured before something went wrong.
                System.out.println(new InboundTable(results, peers.missing()));
            }
            assertThat(results.values()).allSatisfy(measured -> assertThat(measured.get(Peer.POSTERN))
                    .hasSize(ROUNDS));
        }
    }

    private void measure(Tools tools, InboundPeers peers, Case way) throws IOException {
        for (Peer peer : peers.all()) {
            if (peer.warmsUp()) {
                warmUp(tools, peer, way);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer peer : peers.all()) {
                measure(tools, peer, way);
            }
        }
    }

    /** In batches, as a server that lets connections wait would take too long over all of it; it has compiled by then, too. */
    private static void warmUp(Tools tools, Peer peer, Case way) throws IOException {
        long start = System.nanoTime();
        int batch = way.amounts().warmUp() / BATCHES;
        for (int i = 0; i < BATCHES && System.nanoTime() - start < LONGEST_WARM_UP.toNanos(); i++) {
            Round.warmUp(tools.load(), peer, way, batch);
        }
    }

    private void measure(Tools tools, Peer peer, Case way) throws IOException {
        results.computeIfAbsent(way, key -> new LinkedHashMap<>())
                .computeIfAbsent(peer.name(), key -> new ArrayList<>())
                .add(Round.run(tools.load(), peer, way));
    }
}
