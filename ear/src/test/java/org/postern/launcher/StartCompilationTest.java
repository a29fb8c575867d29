package org.postern.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCompilationTest {

    @Test
    void hotspotTakesTheRules() {
        StartCompilation rules = StartCompilation.begin();
        try {
            assertThat(rules.isAdded()).isTrue();
        } finally {
            rules.end();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/postern/listener/",
                "org/postern/smtp/",
                "io/netty/",
                "java/nio/",
                "java/util/HashMap",
                "java/lang/String",
                "sun/security/",
                "com/sun/ejb/",
                "com/sun/enterprise/transaction/"
            })
    void whatMailPassesThroughIsNotNamed(String type) throws Exception {
        assertThat(patterns())
                .noneMatch(pattern -> (type + ".").startsWith(prefix(pattern)) || pattern.startsWith(type));
    }

    private static String prefix(String pattern) {
        return pattern.substring(0, pattern.indexOf('*') < 0 ? pattern.length() : pattern.indexOf('*'));
    }

    private static List<String> patterns() throws Exception {
        try (InputStream file = StartCompilation.class.getResourceAsStream("start-compilation.json")) {
            String[] quoted = new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\"");
            return Stream.iterate(1, i -> i < quoted.length, i -> i + 2)
                    .map(i -> quoted[i])
                    .toList();
        }
    }
}
