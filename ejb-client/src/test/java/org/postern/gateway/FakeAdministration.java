package org.postern.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postern.administration.Administration;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.administration.Health;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.administration.Source;

/** Settings and problems in memory. */
final class FakeAdministration implements Administration, Settings, Health {

    final List<Setting<?>> declared = new ArrayList<>();
    final Map<String, String> problems = new TreeMap<>();
    final List<Participant> participants = new ArrayList<>();
    private final Path dataDirectory;
    private final String hostName;
    private Map<Setting<?>, String> texts = Map.of();

    FakeAdministration(Path dataDirectory, String hostName) {
        this.dataDirectory = dataDirectory;
        this.hostName = hostName;
    }

    @Override
    public Settings settings() {
        return this;
    }

    @Override
    public Beans beans() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
        return this;
    }

    @Override
    public Audit audit() {
        return what -> {};
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public String hostName() {
        return hostName;
    }

    @Override
    public <T> T get(Setting<T> setting) {
        return setting.parse(text(setting));
    }

    @Override
    public String text(Setting<?> setting) {
        return texts.getOrDefault(setting, setting.defaultText());
    }

    @Override
    public Source source(Setting<?> setting) {
        return texts.containsKey(setting) ? Source.CHANGED : Source.DEFAULT;
    }

    @Override
    public Registration declare(List<Setting<?>> settings) {
        declared.addAll(settings);
        return () -> declared.removeAll(settings);
    }

    @Override
    public Registration join(Participant participant) {
        participants.add(participant);
        return () -> participants.remove(participant);
    }

    @Override
    public void change(Map<Setting<?>, String> changes) {
        Map<Setting<?>, String> before = texts;
        texts = new HashMap<>(before);
        texts.putAll(changes);
        SettingValues candidate = this;
        participants.forEach(participant -> participant.prepare(candidate).run());
    }

    @Override
    public void reset(List<Setting<?>> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void report(String key, Severity severity, String sentence) {
        problems.put(key, sentence);
    }

    @Override
    public void clear(String key) {
        problems.remove(key);
    }

    @Override
    public List<String> problems() {
        return List.copyOf(problems.values());
    }

    @Override
    public String status() {
        return "OK";
    }
}
