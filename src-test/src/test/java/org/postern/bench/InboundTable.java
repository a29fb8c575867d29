package org.postern.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The table of a run: for each case a line a server, with its cost as a multiple of the sink's.
 *
 * @param results rounds by case and server
 * @param missing who was left out, and why
 */
record InboundTable(Map<Case, Map<String, List<Round>>> results, List<String> missing) {

    @Override
    public String toString() {
        var text = new StringBuilder("\nServer CPU in ms per message (e: per MB; f: memory in KB per session);"
                + " how many times smtpsink's; messages per second (f: sessions opened)\nmvn verify -P benchmark\n");
        results.forEach((way, peers) -> {
            text.append(String.format("%n%s: %s%n", way.name(), way.meaning()));
            peers.keySet().forEach(peer -> text.append(line(way, peer)));
            text.append(verdict("must", way, way.must())).append(verdict("aim", way, way.aim()));
        });
        missing.forEach(sentence -> text.append("\nLeft out: ").append(sentence));
        return text.toString();
    }

    private String line(Case way, String peer) {
        return TableLine.cost(
                peer,
                median(way, peer, Round::cost),
                median(way, Peer.SINK, Round::cost),
                median(way, peer, Round::rate));
    }

    private String verdict(String what, Case way, double times) {
        return TableLine.verdict(
                what, times, Peer.SINK, median(way, Peer.SINK, Round::cost), median(way, Peer.POSTERN, Round::cost));
    }

    private double median(Case way, String peer, ToDoubleFunction<Round> figure) {
        return Median.of(results.get(way).get(peer), figure);
    }
}
