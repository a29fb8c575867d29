package org.postern.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;
import org.postern.certificate.ChainPem;
import org.postern.settings.DurableFile;

/**
 * The files of the operator's own trust anchors, {@code <alias>.pem}, with one certificate or several in each.
 *
 * @param folder where they are
 * @param health where files that cannot be read are reported; leaving one out only makes fewer peers trusted
 */
public record TrustFolder(Path folder, Health health) {

    private static final String SUFFIX = ".pem";

    /** {@return what can be read} */
    Anchors read() {
        var found = new HashMap<String, List<X509Certificate>>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                List<X509Certificate> certificates = read(file);
                if (!certificates.isEmpty()) {
                    found.put(name.substring(0, name.length() - SUFFIX.length()), certificates);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The folder of trust anchors " + folder + " cannot be read: " + e + ".", e);
        }
        return new Anchors(found);
    }

    /** Keeps anchors, in the place of those of the same alias. */
    void write(String alias, List<X509Certificate> certificates) throws IOException {
        DurableFile.replace(file(alias), ChainPem.write(certificates).getBytes(StandardCharsets.US_ASCII));
        health.clear(problem(file(alias)));
    }

    void delete(String alias) throws IOException {
        Files.deleteIfExists(file(alias));
        DurableFile.sync(folder);
        health.clear(problem(file(alias)));
    }

    boolean has(String alias) {
        return Files.exists(file(alias));
    }

    private Path file(String alias) {
        return folder.resolve(alias + SUFFIX);
    }

    private List<X509Certificate> read(Path file) {
        try {
            List<X509Certificate> certificates = ChainPem.read(Files.readString(file));
            health.clear(problem(file));
            return certificates;
        } catch (IOException e) {
            health.report(
                    problem(file),
                    Severity.WARNING,
                    "The trust anchors in " + file + " are left out, as the file cannot be read. " + e.getMessage());
            return List.of();
        }
    }

    private static String problem(Path file) {
        return "trust " + file.getFileName();
    }
}
