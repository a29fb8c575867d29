package org.postern.test.micro;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postern.test.Authority;
import org.postern.test.Management;
import org.postern.test.application.TestApplicationMXBean;

/** The test application, and the server that Arquillian deploys it to. */
final class Deployments {

    private static final Path DATA = Path.of(System.getProperty("postern.test.data"));

    private Deployments() {}

    /** {@return the application; the server's data directory is empty when it starts} */
    static WebArchive application() {
        deleteAll(DATA);
        return applicationOfManySlow()
                .addAsWebInfResource("application/glassfish-ejb-jar.xml", "glassfish-ejb-jar.xml");
    }

    /** {@return the application without a limit of its own to how many of the bean Slow there are} */
    static WebArchive applicationOfManySlow() {
        return ShrinkWrap.create(WebArchive.class, "application.war")
                .addPackage(TestApplicationMXBean.class.getPackage())
                .addAsWebInfResource("application/glassfish-resources.xml", "glassfish-resources.xml")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebResource(EmptyAsset.INSTANCE, "index.html");
    }

    /** Lets the adapter trust an authority from its start on. */
    static WebArchive applicationWhereIsTrusted(Authority authority) {
        WebArchive application = application();
        try {
            authority.writeTo(DATA.resolve("trust").resolve("test.pem"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return application;
    }

    static Management management() throws IOException {
        return Management.ofChild(new File(System.getProperty("postern.test.micro")).getName());
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
