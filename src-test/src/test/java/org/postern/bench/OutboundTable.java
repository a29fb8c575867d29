package org.postern.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        double cost = median(way, sender, Round::cost);
        return String.format(
                Locale.ROOT,
                "  %-16s%9.3f %7.2fx %9.0f/s%n",
                sender,
                cost,
                cost / median(way, Way.LOAD, Round::cost),
                median(way, sender, Round::rate));
    }

    private String verdict(String what, Way way, Way.Target target) {
        Optional<Double> limit = target.in(sender -> results.get(way).containsKey(sender)
                ? Optional.of(median(way, sender, Round::cost))
                : Optional.empty());
        double cost = median(way, OutboundSenders.POSTERN, Round::cost);
        return limit.map(most -> String.format(
                        Locale.ROOT,
                        "  %-5s%.2f x %s = %.3f: %s (Postern has %.2f x)%n",
                        what,
                        target.times(),
                        target.sender(),
                        most,
                        cost <= most ? "met" : "missed",
                        cost / most * target.times()))
                .orElse("  " + what + ": " + target.sender() + " was left out\n");
    }

    private double median(Way way, String sender, ToDoubleFunction<Round> figure) {
        return Median.of(results.get(way).get(sender), figure);
    }
}
