package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.IdleSessions;

/**
 * What an idle TLS session holds in memory, beside others. Servers are fresh, as memory that was used before and is free again
 * would not be seen, but have had some mail: what they load or make once is there.
 */
class MemoryBenchmark {

    private static final int SESSIONS = 5_000;

    @TempDir
    private Path folder;

    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

    @Test
    void holdIdleSessionsBesideOthers() throws Exception {
        Tools tools = Tools.make(folder);
        try (InboundPeers peers = InboundPeers.start(folder, tools, Flags.ofJvms())) {
            List<String> missing = new ArrayList<>(peers.missing());
            for (Peer peer : peers.all()) {
                if (PostfixServer.NAME.equals(peer.name())) {
                    missing.add(PostfixServer.NAME + ": it has a process for each session.");
                } else {
                    Round.warmUp(
                            tools.load(), peer, Case.IDLE, Case.IDLE.amounts().warmUp());
                    rounds.put(peer.name(), List.of(measure(peer)));
                }
            }
            System.out.println(new InboundTable(Map.of(Case.IDLE, rounds), missing));
            assertThat(rounds).containsKeys(Peer.SINK, Peer.POSTERN);
        }
    }

    private static Round measure(Peer peer) throws Exception {
        double before = Footprint.of(peer);
        long begun = System.nanoTime();
        try (IdleSessions idle = IdleSessions.open(peer.port(), SESSIONS)) {
            double rate = SESSIONS / ((System.nanoTime() - begun) / 1e9);
            double cost = (Footprint.of(peer) - before) / SESSIONS;
            assertThat(idle.noop()).hasSize(SESSIONS).allMatch(reply -> reply.startsWith("250 "));
            return new Round(cost, rate);
        }
    }
}
