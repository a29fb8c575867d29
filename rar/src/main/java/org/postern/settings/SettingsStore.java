package org.postern.settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.administration.Source;

/**
 * All settings: finds their values, changes them at run time, and keeps what was changed in the settings file. Values can be
 * read by any thread at any time; changes are made one after another.
 */
public final class SettingsStore implements Settings {

    private static final System.Logger LOG = System.getLogger(SettingsStore.class.getName());

    private static final String UNKNOWN_NAMES = "unknown settings";

    private final Configuration configuration;
    private final SettingsFile file;
    private final Health health;
    private final Map<String, Setting<?>> declared = new LinkedHashMap<>();
    private final List<Participant> participants = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> observers = new CopyOnWriteArrayList<>();
    private final Set<String> wrong = new HashSet<>();
    private Optional<Map<String, String>> stored;
    private boolean reportsUnknownNames;
    private volatile Values values;

    /**
     * Reads the settings file and finds the values of the first settings. Does not throw for wrong values: see
     * {@link #errors()}.
     *
     * @param configuration what was configured
     * @param file where changes are kept
     * @param health where wrong values are reported
     * @param settings the first settings; {@link #declare} adds more
     */
    public SettingsStore(
            Configuration configuration, SettingsFile file, Health health, Collection<? extends Setting<?>> settings) {
        this.configuration = configuration;
        this.file = file;
        this.health = health;
        this.stored = file.read();
        if (stored.isEmpty()) {
            health.report("settings file", Severity.ERROR, unreadable());
        }
        declare(List.copyOf(settings));
    }

    /** {@return a sentence for each value that is wrong, and for a settings file that cannot be read} */
    public synchronized List<String> errors() {
        var sentences = new ArrayList<>(values.sentences(Severity.ERROR));
        if (stored.isEmpty()) {
            sentences.add(0, unreadable());
        }
        return sentences;
    }

    /** {@return a sentence for each configured value that a changed one hides, and for each safe value that stands in} */
    public List<String> warnings() {
        return values.sentences(Severity.WARNING);
    }

    /**
     * Reports configured names that are no setting's, from now on: to be called when applications should have declared theirs. One
     * that is declared later takes the report about it back.
     */
    public synchronized void reportUnknownNames() {
        reportsUnknownNames = true;
        List<String> sentences = configuration.unknownNames(List.copyOf(declared.keySet()));
        if (sentences.isEmpty()) {
            health.clear(UNKNOWN_NAMES);
        } else {
            health.report(UNKNOWN_NAMES, Severity.WARNING, String.join(" ", sentences));
        }
    }

    /** Adds somebody who is told of each change after it has come into force. Closing what is returned ends that. */
    public Registration observe(Consumer<Change> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    @Override
    public synchronized Registration declare(List<Setting<?>> settings) {
        var more = new LinkedHashMap<>(declared);
        for (Setting<?> setting : settings) {
            Setting<?> other = more.putIfAbsent(setting.name(), setting);
            if (other != null && !other.equals(setting)) {
                throw new IllegalStateException("There is another setting of the name " + setting + " already.");
            }
        }
        declared.putAll(more);
        values = resolve(stored);
        report();
        if (reportsUnknownNames) {
            reportUnknownNames();
        }
        return () -> withdraw(settings);
    }

    private synchronized void withdraw(List<Setting<?>> settings) {
        settings.forEach(setting -> declared.remove(setting.name(), setting));
        values = resolve(stored);
    }

    @Override
    public Registration join(Participant participant) {
        participants.add(participant);
        return () -> participants.remove(participant);
    }

    @Override
    public synchronized void change(Map<Setting<?>, String> texts) {
        var next = new TreeMap<>(readable());
        texts.forEach((setting, text) -> {
            values.find(setting);
            setting.parse(text);
            next.put(setting.name(), text.trim());
        });
        apply(next, texts.keySet());
    }

    @Override
    public synchronized void reset(List<Setting<?>> settings) {
        var next = new TreeMap<>(readable());
        settings.forEach(setting -> {
            values.find(setting);
            next.remove(setting.name());
        });
        apply(next, settings);
    }

    /**
     * Does something that depends on the values while none of them can change.
     *
     * @param step is given the values
     */
    public synchronized void exclusively(Consumer<SettingValues> step) {
        step.accept(values);
    }

    @Override
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    @Override
    public String text(Setting<?> setting) {
        return values.text(setting);
    }

    @Override
    public Source source(Setting<?> setting) {
        return values.source(setting);
    }

    private void apply(Map<String, String> next, Collection<Setting<?>> concerned) {
        Values before = values;
        Values candidate = resolve(Optional.of(next));
        for (Setting<?> setting : concerned) {
            if (candidate.find(setting).isError()) {
                throw new IllegalArgumentException(
                        candidate.find(setting).problem().orElseThrow().sentence());
            }
        }
        List<Runnable> prepared = prepare(candidate);
        keep(next);
        stored = Optional.of(next);
        values = candidate;
        prepared.forEach(SettingsStore::run);
        report();
        concerned.forEach(setting -> tell(setting, before, candidate));
    }

    private List<Runnable> prepare(SettingValues candidate) {
        var prepared = new ArrayList<Runnable>();
        for (Participant participant : participants) {
            prepared.add(participant.prepare(candidate));
        }
        return prepared;
    }

    private void keep(Map<String, String> next) {
        try {
            file.write(next);
        } catch (IOException e) {
            throw new IllegalStateException("The settings file " + file + " could not be written: " + e + ".", e);
        }
    }

    private void tell(Setting<?> setting, SettingValues before, SettingValues now) {
        boolean same = before.text(setting).equals(now.text(setting)) && before.source(setting) == now.source(setting);
        if (!same) {
            var change = new Change(setting, before.text(setting), now.text(setting), now.source(setting));
            observers.forEach(observer -> run(() -> observer.accept(change)));
        }
    }

    /** What has been decided and stored is carried out as a whole: one failure must not keep the others from it. */
    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A change of settings was not carried out in full.", e);
        }
    }

    private Values resolve(Optional<Map<String, String>> texts) {
        return new Values(declared.values(), new Resolver(configuration, texts));
    }

    /** An error stays reported: what it stopped at start is not started by putting the value right. */
    private void report() {
        for (Resolution<?> resolution : values.all()) {
            String key = "setting " + resolution.setting();
            if (resolution.isError()) {
                wrong.add(key);
            } else if (wrong.contains(key)) {
                continue;
            }
            resolution
                    .problem()
                    .ifPresentOrElse(
                            problem -> health.report(key, problem.severity(), problem.sentence()),
                            () -> health.clear(key));
        }
    }

    private Map<String, String> readable() {
        return stored.orElseThrow(() -> new IllegalStateException(unreadable()));
    }

    private String unreadable() {
        return "The settings file " + file
                + " is missing or cannot be read, so what was changed at run time is not known;"
                + " restore it, or put a file with the one line \"# none\" in its place to go on with the configured values,"
                + " and start again.";
    }
}
