package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.container.TestClient;

/**
 * Plays the dialogues of the folder beside it. {@code C:} is sent, lines in a row in one write; {@code S:} is awaited, with
 * {@code *} for anything; {@code TLS} does the handshake; {@code END} awaits that the server closes. Dialogues of {@code
 * everywhere} are played in clear, after STARTTLS and over implicit TLS; those of a level at that level, beginning in clear.
 */
class TranscriptTest {

    @TempDir
    Path folder;

    private enum Way {
        CLEAR,
        STARTTLS,
        IMPLICIT_TLS
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void dialogueShouldGoTheSameWayEverywhere(String name, Way way) throws Exception {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of("implicitTlsPort", "0"));
                TestClient client = new TestClient(
                        way == Way.IMPLICIT_TLS ? server.implicitTlsAddress() : server.address(),
                        way == Way.IMPLICIT_TLS)) {
            assertThat(client.line()).startsWith("220 ");
            if (way == Way.STARTTLS) {
                assertThat(client.ask("STARTTLS")).startsWith("220 ");
                client.tls();
            }
            play(client, lines("everywhere", name));
        }
    }

    @ParameterizedTest(name = "{0}/{1}")
    @MethodSource("levels")
    void dialogueShouldFitTheLevel(String level, String name) throws Exception {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of("serverTlsLevel", level));
                TestClient client = new TestClient(server.address(), false)) {
            play(client, lines(level, name));
        }
    }

    static Stream<Arguments> everywhere() throws Exception {
        return names("everywhere").stream()
                .flatMap(name -> Stream.of(Way.values()).map(way -> Arguments.of(name, way)));
    }

    static Stream<Arguments> levels() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (String level : List.of("NONE", "ATTEMPT", "REQUIRE")) {
            names(level).forEach(name -> all.add(Arguments.of(level, name)));
        }
        return all.stream();
    }

    private static void play(TestClient client, List<String> lines) throws IOException {
        StringBuilder toSend = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("C:")) {
                toSend.append(text(line)).append("\r\n");
                continue;
            }
            client.send(toSend.toString());
            toSend.setLength(0);
            if (line.startsWith("S:")) {
                assertThat(client.line()).as(line).matches(pattern(text(line)));
            } else if (line.equals("TLS")) {
                client.tls();
            } else if (line.equals("END")) {
                assertThat(client.line()).isNull();
            } else {
                assertThat(line).as("a line of a transcript").startsWith("#");
            }
        }
    }

    private static String text(String line) {
        return line.length() > 2 ? line.substring(3) : "";
    }

    private static String pattern(String text) {
        return Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private static List<String> names(String group) throws IOException, URISyntaxException {
        try (var files = Files.list(path(group))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> lines(String group, String name) throws IOException, URISyntaxException {
        return Files.readAllLines(path(group).resolve(name), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Path path(String group) throws URISyntaxException {
        return Path.of(TranscriptTest.class.getResource(group).toURI());
    }
}
