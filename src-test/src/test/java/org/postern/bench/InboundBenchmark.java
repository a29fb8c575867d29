package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to take mail, beside others in the same run. Servers take turns in each round; the medians of the rounds are
 * compared, as the machine may be slower now and then.
 */
class InboundBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

    @TempDir
    private Path folder;

    private final Map<Case, Map<Peer, List<Round>>> results = new LinkedHashMap<>();

    @Test
    void takeMailBesideOthers() throws IOException {
        Tools tools = Tools.make(folder);
        try (Peer sink = Peer.sink(folder, tools);
                Peer postern = Peer.postern(folder, Flags.ofPostern());
                Peer subEtha = Peer.subEtha(folder, tools)) {
            List<Peer> peers = List.of(sink, postern, subEtha);
            for (Case way : Case.ALL) {
                // A JVM is warm after some ten thousand messages.
                Round.run(tools.load(), postern, way);
                Round.run(tools.load(), subEtha, way);
                for (int round = 0; round < ROUNDS; round++) {
                    for (Peer peer : peers) {
                        measure(tools, peer, way);
                    }
                }
            }
            System.out.println(table(peers));
            assertThat(results.values())
                    .allSatisfy(measured -> assertThat(measured.get(postern)).hasSize(ROUNDS));
        }
    }

    private void measure(Tools tools, Peer peer, Case way) throws IOException {
        results.computeIfAbsent(way, key -> new LinkedHashMap<>())
                .computeIfAbsent(peer, key -> new ArrayList<>())
                .add(Round.run(tools.load(), peer, way));
    }

    private String table(List<Peer> peers) {
        var text = new StringBuilder(
                "\nServer CPU, ms per message (e: per MB); how many times the sink's; messages per second\n");
        text.append(String.format("%-36s", ""));
        peers.forEach(peer -> text.append(String.format("%26s", peer.name())));
        text.append(String.format("%10s%n", "must"));
        for (Case way : results.keySet()) {
            text.append(String.format("%-3s%-33s", way.name(), way.meaning()));
            double floor = median(way, peers.get(0), Round::cost);
            for (Peer peer : peers) {
                double cost = median(way, peer, Round::cost);
                text.append(String.format(
                        Locale.ROOT, "%10.3f %5.2fx %8.0f", cost, cost / floor, median(way, peer, Round::rate)));
            }
            text.append(String.format(Locale.ROOT, "%9.1fx%n", way.must()));
        }
        return text.toString();
    }

    private double median(Case way, Peer peer, ToDoubleFunction<Round> figure) {
        double[] sorted =
                results.get(way).get(peer).stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
