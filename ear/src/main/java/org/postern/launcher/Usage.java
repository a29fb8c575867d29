package org.postern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The answer to {@code --help}. The settings are read from the archives inside, so that they are what this build knows. */
final class Usage {
    private static final List<String> ARCHIVES =
            List.of("MICRO-INF/deploy/postern-ra.rar", "MICRO-INF/deploy/postern-ejb.jar");
    private static final String SETTINGS = "org/postern/settings.txt";
    private static final String HEAD =
            """
            Postern, a TLS mail gateway, on Payara Micro.

            Usage: java [-Dpostern.<setting>=<value>] -jar postern-micro.jar [<option of Payara Micro>]

            A setting is given as a system property, postern.<setting>, or in the environment, as POSTERN_<SETTING>
            (implicitTlsPort is POSTERN_IMPLICIT_TLS_PORT). Most can be changed while it runs: jconsole <pid>, org.postern.

              --logproperties <file>   what is logged, in the format of java.util.logging
              --rootdir <directory>    where Payara Micro keeps its own files
              --port <number>          HTTP, on 127.0.0.1; without it any free port
              --help                   this text

            Exit code: 1 where the gateway cannot work, with the reason in the last lines; 143 after SIGTERM.
            """;

    private Usage() {}

    static boolean isAskedFor(String[] arguments) {
        return List.of(arguments).contains("--help");
    }

    static String text() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        StringBuilder settings = new StringBuilder();
        for (String archive : ARCHIVES) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(archive)) {
                if (in != null) {
                    appendSettings(settings, new ZipInputStream(in));
                }
            }
        }
        if (!settings.isEmpty()) {
            text.append("\nSettings:\n").append(settings);
        }
        return text.toString();
    }

    private static void appendSettings(StringBuilder text, ZipInputStream archive) throws IOException {
        for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            String name = entry.getName();
            if (name.equals(SETTINGS)) {
                new String(archive.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> append(text, line));
            } else if (name.startsWith("postern-") && name.endsWith(".jar")) {
                appendSettings(text, new ZipInputStream(archive));
            }
        }
    }

    /** A line of the file: name, default and description, with tabs between. */
    private static void append(StringBuilder text, String line) {
        String[] column = line.split("\t", 3);
        if (column.length == 3) {
            String value = column[1].isEmpty() ? "" : " (" + column[1] + ")";
            text.append("  ").append(column[0]).append(value).append("\n      ");
            text.append(column[2]).append('\n');
        }
    }
}
