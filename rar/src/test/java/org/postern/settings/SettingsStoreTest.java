package org.postern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;
import org.postern.administration.Source;

class SettingsStoreTest {

    private static final Setting<Integer> PORT = new Setting<>("port", SettingTypes.PORT, "2525", "The port.");
    private static final Setting<String> GREETING =
            new Setting<>("greetingText", SettingTypes.TEXT, "hello", "The greeting.");
    private static final Setting<Boolean> STRICT =
            new Setting<>("strict", SettingTypes.FLAG, "false", "Whether to be strict.").whenUnreadable("true");
    private static final List<Setting<?>> ALL = List.of(PORT, GREETING, STRICT);

    @TempDir
    private Path folder;

    private final RecordingHealth health = new RecordingHealth();

    @Test
    void precedenceShouldBeChangedDeploymentSystemPropertyEnvironmentDefault() {
        var environment = Map.of("POSTERN_GREETING_TEXT", "d");
        assertThat(start(configured(Map.of(), Map.of(), Map.of())).get(GREETING))
                .isEqualTo("hello");
        assertThat(start(configured(Map.of(), Map.of(), environment)).get(GREETING))
                .isEqualTo("d");
        var properties = Map.of("postern.greetingText", "c");
        assertThat(start(configured(Map.of(), properties, environment)).get(GREETING))
                .isEqualTo("c");
        SettingsStore store = start(configured(Map.of("greetingText", "b"), properties, environment));
        assertThat(store.get(GREETING)).isEqualTo("b");
        assertThat(store.source(GREETING)).isEqualTo(Source.DEPLOYMENT);
        store.change(GREETING, "a");
        assertThat(store.get(GREETING)).isEqualTo("a");
        assertThat(store.source(GREETING)).isEqualTo(Source.CHANGED);
    }

    @Test
    void changeShouldSurviveARestartAndResetShouldTakeItBack() {
        start().change(PORT, " 25 ");
        SettingsStore restarted = start();
        assertThat(restarted.get(PORT)).isEqualTo(25);
        restarted.reset(List.of(PORT));
        assertThat(restarted.get(PORT)).isEqualTo(2525);
        assertThat(start().source(PORT)).isEqualTo(Source.DEFAULT);
    }

    @Test
    void illegalValueShouldBeRefusedWithASentenceAndChangeNothing() throws IOException {
        SettingsStore store = start();
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> store.change(Map.of(GREETING, "hi", PORT, "70000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The setting port must be a port from 0 to 65535, but it was \"70000\".");
        assertThat(store.get(GREETING)).isEqualTo("hello");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void refusalByAParticipantShouldLeaveTheOldValuesInForceAndOnDisk() throws IOException {
        SettingsStore store = start();
        var committed = new ArrayList<String>();
        store.join(candidate -> () -> committed.add("first"));
        store.join(candidate -> {
            throw new IllegalStateException("Not now.");
        });
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> store.change(PORT, "25")).hasMessage("Not now.");
        assertThat(store.get(PORT)).isEqualTo(2525);
        assertThat(committed).isEmpty();
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void fileThatCannotBeWrittenShouldLeaveTheOldValuesInForce() throws IOException {
        SettingsStore store = start();
        var committed = new ArrayList<String>();
        store.join(candidate -> () -> committed.add("committed"));
        Files.createDirectories(folder.resolve(".settings.properties.new/blocker"));
        assertThatThrownBy(() -> store.change(PORT, "25"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be written");
        assertThat(store.get(PORT)).isEqualTo(2525);
        assertThat(committed).isEmpty();
        assertThat(start().get(PORT)).isEqualTo(2525);
    }

    @Test
    void participantsShouldSeeTheCandidateAndCommitAfterTheFileIsWritten() {
        SettingsStore store = start();
        var seen = new ArrayList<Object>();
        store.join(candidate -> {
            seen.add(candidate.get(PORT));
            seen.add(store.get(PORT));
            return () -> seen.add(read().contains("port=25"));
        });
        store.change(PORT, "25");
        assertThat(seen).containsExactly(25, 2525, true);
    }

    @Test
    void participantThatLeftShouldNotBeAsked() {
        SettingsStore store = start();
        store.join(candidate -> {
                    throw new IllegalStateException("Asked.");
                })
                .close();
        store.change(PORT, "25");
        assertThat(store.get(PORT)).isEqualTo(25);
    }

    @Test
    void observersShouldBeToldWhatChanged() {
        SettingsStore store = start();
        var changes = new ArrayList<Change>();
        store.observe(changes::add);
        store.change(PORT, "25");
        store.change(PORT, "25");
        store.reset(List.of(PORT, GREETING));
        assertThat(changes)
                .containsExactly(
                        new Change(PORT, "2525", "25", Source.CHANGED), new Change(PORT, "25", "2525", Source.DEFAULT));
    }

    @Test
    void wrongConfiguredValueShouldBeAnErrorThatNamesItsSource() {
        SettingsStore store = start(configured(Map.of(), Map.of("postern.strict", "perhaps"), Map.of()));
        assertThat(store.errors())
                .containsExactly("The setting strict must be true or false, but it was \"perhaps\"."
                        + " It comes from: system property.");
        assertThat(store.get(STRICT)).isTrue();
        store.change(STRICT, "false");
        assertThat(health.problems()).as("stays reported until the next start").anyMatch(p -> p.startsWith("ERROR"));
    }

    @Test
    void resetToAWrongConfiguredValueShouldBeRefused() {
        start().change(STRICT, "false");
        SettingsStore store = start(configured(Map.of("strict", "perhaps"), Map.of(), Map.of()));
        assertThatThrownBy(() -> store.reset(List.of(STRICT))).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.source(STRICT)).isEqualTo(Source.CHANGED);
    }

    @Test
    void hiddenConfiguredValueShouldBeAWarningUntilReset() {
        SettingsStore store = start(configured(Map.of("port", "26"), Map.of(), Map.of()));
        store.change(PORT, "25");
        assertThat(store.warnings()).singleElement().asString().contains("port is 25", "hides 26 (deployment)");
        assertThat(health.problems()).hasSize(1);
        store.reset(List.of(PORT));
        assertThat(store.warnings()).isEmpty();
        assertThat(health.problems()).isEmpty();
    }

    @Test
    void storedValueThatCannotBeReadShouldNotBecomeAWeakerOne() throws IOException {
        Files.writeString(file(), "strict=fal\nport=x\n");
        SettingsStore store = start();
        assertThat(store.get(STRICT)).isTrue();
        assertThat(store.warnings()).singleElement().asString().contains("true stands in for it");
        assertThat(store.errors()).singleElement().asString().contains("The setting port must be");
        store.change(PORT, "25");
        assertThat(start().errors()).isEmpty();
    }

    @Test
    void unreadableFileShouldBeAnErrorAndBeLeftAlone() throws IOException {
        byte[] damaged = {'s', '=', (byte) 0xff, (byte) 0xfe, '\n'};
        Files.write(file(), damaged);
        SettingsStore store = start();
        assertThat(store.errors()).singleElement().asString().contains("is missing or cannot be read");
        assertThat(store.get(STRICT)).isTrue();
        assertThatThrownBy(() -> store.change(STRICT, "false")).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }

    @Test
    void emptyFileShouldCountAsUnreadable() throws IOException {
        Files.createFile(file());
        assertThat(start().get(STRICT)).isTrue();
    }

    @Test
    void lostFileShouldCountAsUnreadable() {
        SettingsStore store = new SettingsStore(
                configured(Map.of(), Map.of(), Map.of()), new SettingsFile(file(), true), health, ALL);
        assertThat(store.errors()).hasSize(1);
        assertThat(store.get(STRICT)).isTrue();
        assertThat(file()).doesNotExist();
    }

    @Test
    void firstStartShouldWriteAFileForTheOwnerOnly() throws IOException {
        SettingsStore store = start();
        assertThat(store.errors()).isEmpty();
        assertThat(Files.size(file())).isPositive();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void valuesOfSettingsNotYetDeclaredShouldBeKept() {
        SettingsStore store = start();
        Setting<String> later = new Setting<>("queueFolder", SettingTypes.TEXT, "queue", "Where the queue is.");
        store.declare(List.of(later));
        store.change(later, "other ünd=:# \\");
        SettingsStore restarted = start();
        restarted.change(PORT, "25");
        restarted.declare(List.of(later));
        assertThat(restarted.get(later)).isEqualTo("other ünd=:# \\");
    }

    @Test
    void twoSettingsOfOneNameShouldBeRefused() {
        SettingsStore store = start();
        assertThatThrownBy(() -> store.declare(List.of(new Setting<>("port", SettingTypes.TEXT, "", "Another."))))
                .isInstanceOf(IllegalStateException.class);
        store.declare(List.of(PORT));
    }

    @Test
    void settingThatWasNotDeclaredShouldBeRefused() {
        SettingsStore store = start();
        Setting<String> unknown = new Setting<>("unknown", SettingTypes.TEXT, "", "Unknown.");
        assertThatThrownBy(() -> store.get(unknown)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.change(unknown, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownNamesShouldBeToldWithTheNearestKnownOne() {
        SettingsStore store = start(configured(
                Map.of("prot", "1"),
                Map.of("postern.greetngText", "x"),
                Map.of("POSTERN_STRICKT", "true", "PATH", "/")));
        assertThat(health.problems())
                .as("before applications have declared theirs")
                .isEmpty();
        store.reportUnknownNames();
        assertThat(health.problems())
                .containsExactly(
                        "WARNING: There is no setting POSTERN_STRICKT; it is ignored. Did you mean POSTERN_STRICT?"
                                + " There is no setting postern.greetngText; it is ignored. Did you mean postern.greetingText?"
                                + " There is no setting prot; it is ignored. Did you mean port?");
    }

    @Test
    void nameThatIsDeclaredLateShouldNotStayUnknown() {
        SettingsStore store = start(configured(Map.of(), Map.of("postern.later", "x"), Map.of()));
        store.reportUnknownNames();
        assertThat(health.problems()).singleElement().asString().contains("postern.later");
        store.declare(List.of(new Setting<>("later", SettingTypes.TEXT, "", "Declared late.")));
        assertThat(health.problems()).isEmpty();
    }

    @Test
    void variableShouldBeTheNameInCapitalsWithUnderscores() {
        assertThat(Configuration.variable("implicitTlsPort")).isEqualTo("POSTERN_IMPLICIT_TLS_PORT");
    }

    private SettingsStore start() {
        return start(configured(Map.of(), Map.of(), Map.of()));
    }

    private SettingsStore start(Configuration configuration) {
        return new SettingsStore(configuration, new SettingsFile(file(), false), health, ALL);
    }

    private static Configuration configured(
            Map<String, String> deployment, Map<String, String> properties, Map<String, String> environment) {
        return new Configuration(deployment, properties, environment);
    }

    private Path file() {
        return folder.resolve("settings.properties");
    }

    private String read() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
