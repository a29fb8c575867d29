package org.postern.management;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.postern.administration.Health;

/** Keeps the problems known. Each new sentence is logged once. */
public final class HealthRegister implements Health {

    private static final System.Logger LOG = System.getLogger(HealthRegister.class.getName());
    private static final String STARTING = "STARTING";
    private static final String OK = "OK";

    private final Map<String, Problem> problems = new TreeMap<>();
    private final Set<Problem> logged = new HashSet<>();
    private final Consumer<String> onError;
    private boolean ready;

    /**
     * Makes one that knows no problems.
     *
     * @param onError is told the key of each new error, on the thread that reports it; so the listener can be closed
     */
    public HealthRegister(Consumer<String> onError) {
        this.onError = onError;
    }

    /** Notes whether there is somebody to take mail. */
    public synchronized void ready(boolean now) {
        ready = now;
    }

    @Override
    public void report(String key, Severity severity, String sentence) {
        Problem problem = new Problem(severity, sentence);
        if (keep(key, problem)) {
            LOG.log(severity == Severity.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, sentence);
            if (severity == Severity.ERROR) {
                onError.accept(key);
            }
        }
    }

    @Override
    public synchronized void clear(String key) {
        Problem gone = problems.remove(key);
        if (gone != null && !problems.containsValue(gone)) {
            // Should it come again, it is news.
            logged.remove(gone);
        }
    }

    @Override
    public synchronized List<String> problems() {
        return problems.values().stream()
                .sorted(Comparator.comparing(Problem::severity).reversed())
                .map(Problem::sentence)
                .toList();
    }

    @Override
    public synchronized String status() {
        return problems.values().stream()
                .map(Problem::severity)
                .max(Comparator.naturalOrder())
                .filter(worst -> ready || worst == Severity.ERROR)
                .map(Severity::name)
                .orElse(ready ? OK : STARTING);
    }

    /** {@return whether it is news} */
    private synchronized boolean keep(String key, Problem problem) {
        Problem before = problems.put(key, problem);
        if (before != null && !before.equals(problem) && !problems.containsValue(before)) {
            logged.remove(before);
        }
        return logged.add(problem);
    }

    private record Problem(Severity severity, String sentence) {}
}
