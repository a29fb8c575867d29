package org.postern.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postern.administration.Health;

/** Remembers what was reported. */
public final class RecordingHealth implements Health {

    private final Map<String, String> reported = new TreeMap<>();

    @Override
    public void report(String key, Severity severity, String sentence) {
        reported.put(key, severity + ": " + sentence);
    }

    @Override
    public void clear(String key) {
        reported.remove(key);
    }

    @Override
    public List<String> problems() {
        return new ArrayList<>(reported.values());
    }

    @Override
    public String status() {
        return reported.isEmpty() ? "OK" : "PROBLEMS";
    }
}
