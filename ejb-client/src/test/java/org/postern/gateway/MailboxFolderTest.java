package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.Mailbox;

class MailboxFolderTest {

    private static final Path DATA = Path.of("/data");
    private static final Path MAILBOXES = DATA.resolve("mailboxes");

    /** What a stranger may put into a quoted local part to get at something. */
    private static final List<String> NASTY = List.of(
            "",
            ".",
            "..",
            "...",
            "../..",
            "../../etc/passwd",
            "/",
            "//",
            "/etc",
            "\\",
            "..\\..",
            "a/b",
            "a%2Fb",
            "a%2fb",
            "%",
            "%%",
            "%-",
            "%2E",
            "-rf",
            "~",
            "~root",
            ".hidden",
            "cur",
            "new",
            "tmp",
            "a b",
            " ",
            "a:2,S",
            "con",
            "nul.",
            "*",
            "?",
            "$(id)",
            "`id`",
            "a@b",
            "@",
            "ä",
            "Ä",
            "a\u0308",
            "ß",
            "ss",
            "\u0130",
            "i",
            "\u0131",
            "K",
            "\u212a",
            "\u03c3",
            "\u03c2",
            "\ud83d\ude00",
            "\u202e",
            "\uff0e\uff0e",
            "\u0958",
            "x".repeat(62),
            "/".repeat(62),
            "/".repeat(61) + ".",
            "\u023a".repeat(31),
            "\u023a".repeat(30) + "a");

    @ParameterizedTest
    @CsvSource({
        "joe, joe",
        "Joe.Smith, joe.smith",
        "joe+lists, joe+lists",
        "o'brien, o%27brien",
        "_joe, _joe",
        "+joe, %2Bjoe",
        "\"..\", %2E.",
        "\"a/b\", a%2Fb",
        "\"\", %"
    })
    void ordinaryNamesShouldStayReadable(String localPart, String folder) {
        assertThat(folder(localPart)).isEqualTo(MAILBOXES.resolve("example.org").resolve(folder));
    }

    @Test
    void needlessQuotesShouldNotMakeAnotherMailbox() {
        assertThat(folder("\"joe\"")).isEqualTo(folder("joe"));
        assertThat(folder("\"j\\oe\"")).isEqualTo(folder("joe"));
    }

    @Test
    void addressLiteralShouldBeOneFolder() {
        Path folder = folderOf(Mailbox.parse("joe@[IPv6:::1]"));
        assertThat(folder).isEqualTo(MAILBOXES.resolve("%5Bipv6%3A%3A%3A1%5D").resolve("joe"));
    }

    @Test
    void nastyNamesShouldStayInsideAndApart() {
        NASTY.forEach(this::requireInside);
        requireApart(NASTY);
    }

    @Test
    void randomNamesShouldStayInsideAndApart() {
        Random random = new Random(20261124);
        String alphabet = "aA./\\%-2eE \"~:é\u0301\u0130ıſß\u023a";
        List<String> names = Stream.generate(() -> random.ints(random.nextInt(20), 0, alphabet.length())
                        .mapToObj(alphabet::charAt)
                        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                        .toString())
                .limit(20_000)
                .toList();
        names.forEach(this::requireInside);
        requireApart(names);
    }

    @Test
    void caseShouldNotMakeAnotherMailbox() {
        for (String name : NASTY) {
            Path folder = folder(quote(name));
            assertThat(folder(quote(each(name, Character::toUpperCase))))
                    .as(name)
                    .isEqualTo(folder);
            assertThat(folder(quote(each(name, Character::toLowerCase))))
                    .as(name)
                    .isEqualTo(folder);
            assertThat(folder(quote(MailboxKey.fold(name)))).as(name).isEqualTo(folder);
        }
    }

    private void requireInside(String name) {
        Path folder = folder(quote(name));
        assertThat(folder.normalize()).as(name).isEqualTo(folder);
        assertThat(folder.getParent()).as(name).isEqualTo(MAILBOXES.resolve("example.org"));
        String last = folder.getFileName().toString();
        assertThat(last)
                .as(name)
                .matches("[A-Za-z0-9._%+=-]{1,120}")
                .doesNotStartWith(".")
                .doesNotStartWith("-");
    }

    /** The same folder for two names only where they differ in nothing but case and composition. */
    private void requireApart(List<String> names) {
        Map<Path, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(folder(quote(name)), name);
            if (other != null) {
                assertThat(MailboxKey.fold(name)).as(name + " and " + other).isEqualTo(MailboxKey.fold(other));
            }
        }
    }

    private static String each(String name, IntUnaryOperator change) {
        return name.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String quote(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Path folder(String localPart) {
        int octets = localPart.getBytes(StandardCharsets.UTF_8).length;
        // Longer ones than SMTP allows are asked of the encoding itself.
        if (octets <= 64) {
            return folderOf(new Mailbox(localPart, "example.org"));
        }
        String plain = localPart.substring(1, localPart.length() - 1).replaceAll("\\\\(.)", "$1");
        return new Mailboxes(DATA).folder(new MailboxKey(MailboxKey.fold(plain), "example.org"));
    }

    private static Path folderOf(Mailbox mailbox) {
        return new Mailboxes(DATA).folder(MailboxKey.of(mailbox));
    }
}
