package org.postern.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The table of a run: for each way a line a sender, with its cost as a multiple of others'.
 *
 * @param results rounds by way and sender
 * @param missing who was left out, and why
 */
record OutboundTable(Map<Way, Map<String, List<Round>>> results, List<String> missing) {

    @Override
    public String toString() {
        var text = new StringBuilder("\nSender CPU in ms per message; how many times smtpload's; messages per second"
                + "\nmvn verify -P benchmark -Dit.test=OutboundBenchmark\n");
        results.forEach((way, senders) -> {
            text.append('\n').append(way.name()).append('\n');
            senders.keySet().forEach(sender -> text.append(line(way, sender)));
            text.append(verdict("must", way, way.must())).append(verdict("aim", way, way.aim()));
        });
        missing.forEach(sentence -> text.append("\nLeft out: ").append(sentence));
        return text.toString();
    }

    private String line(Way way, String sender) {
        return TableLine.cost(
                sender,
                median(way, sender, Round::cost),
                median(way, Way.LOAD, Round::cost),
                median(way, sender, Round::rate));
    }

    private String verdict(String what, Way way, Way.Target target) {
        if (!results.get(way).keySet().containsAll(List.of(target.sender(), OutboundSenders.POSTERN))) {
            return "  " + what + ": Postern and " + target.sender() + " were not both measured\n";
        }
        return TableLine.verdict(
                what,
                target.times(),
                target.sender(),
                median(way, target.sender(), Round::cost),
                median(way, OutboundSenders.POSTERN, Round::cost));
    }

    private double median(Way way, String sender, ToDoubleFunction<Round> figure) {
        return Median.of(results.get(way).get(sender), figure);
    }
}
