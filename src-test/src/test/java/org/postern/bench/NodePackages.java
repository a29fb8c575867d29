package org.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postern.test.ChildProcess;

/** What runs on Node.js: fetched by npm once for a clone, as Maven fetches the rest; else what Debian has. */
final class NodePackages {

    private static final Path FETCHED = Path.of("target", "node").toAbsolutePath();
    private static final Path DEBIAN = Path.of("/usr/share/nodejs");

    /** Versions, so that figures of two days can be compared. */
    private static final Map<String, String> VERSIONS = Map.of("nodemailer", "10.6.0", "smtp-server", "3.21.6");

    private NodePackages() {}

    /** {@return where a package is; empty if there is none, or no Node.js} */
    static Optional<Path> find(String name) throws IOException {
        Path fetched = FETCHED.resolve(Path.of("node_modules", name));
        if (!ends("node", "--version")) {
            return Optional.empty();
        }
        if (!Files.exists(fetched)) {
            Files.createDirectories(FETCHED);
            String versioned = name + "@" + VERSIONS.get(name);
            ends("npm", "install", "--no-audit", "--no-fund", "--prefix", FETCHED.toString(), versioned);
        }
        return List.of(fetched, DEBIAN.resolve(name)).stream()
                .filter(Files::exists)
                .findFirst();
    }

    private static boolean ends(String... command) {
        try (ChildProcess process = ChildProcess.start(Path.of("."), Map.of(), "", List.of(command))) {
            return process.awaitExit() == 0;
        } catch (IOException e) {
            // There is no such program, which is what was asked.
            return false;
        }
    }
}
