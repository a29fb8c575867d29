package org.postern.tls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;
import org.postern.certificate.ChainPem;

/**
 * Trust anchors: the operator's own, one PEM file each or several in one, and the Java platform's.
 *
 * @param folder where the operator's own are, {@code *.pem}
 * @param health where files that cannot be read are reported; leaving one out only makes fewer peers trusted
 */
public record TrustFolder(Path folder, Health health) {

    /** {@return the operator's own anchors} */
    Set<X509Certificate> own() {
        var anchors = new LinkedHashSet<X509Certificate>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                addAll(file, anchors);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The folder of trust anchors " + folder + " cannot be read: " + e + ".", e);
        }
        return Set.copyOf(anchors);
    }

    /** {@return the operator's own anchors and the Java platform's} */
    Set<X509Certificate> ownAndPlatform() {
        var anchors = new LinkedHashSet<>(own());
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    anchors.addAll(Set.of(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust anchors of the Java platform cannot be read: " + e + ".", e);
        }
        return Set.copyOf(anchors);
    }

    private void addAll(Path file, Set<X509Certificate> anchors) {
        String key = "trust " + file.getFileName();
        try {
            anchors.addAll(ChainPem.read(Files.readString(file)));
            health.clear(key);
        } catch (IOException e) {
            health.report(
                    key,
                    Severity.WARNING,
                    "The trust anchors in " + file + " are left out, as the file cannot be read. " + e.getMessage());
        }
    }
}
