package org.postern.test.micro;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.postern.test.ChildProcess;
import org.postern.test.Management;
import org.postern.test.MicroServer;
import org.postern.test.ledger.Ledger;

/** Payara Micro with beans that write to a database of its own, in a file: what they committed is read when it has ended. */
final class LedgerServer implements AutoCloseable {

    private static final String DRIVER = "MICRO-INF/runtime/h2.jar";

    private final ChildProcess process;
    private final int port;

    private LedgerServer(ChildProcess process) throws IOException {
        this.process = process;
        process.awaitLine("ready in");
        try (Management management = Management.of(process.pid())) {
            port = management.number("Listener,name=smtp", "Port");
        }
    }

    /** Starts one; a folder in which another was goes on with its data. */
    static LedgerServer start(Path folder) throws IOException {
        List<String> flags =
                new ArrayList<>(List.of(System.getProperty("postern.test.flags").split(" ")));
        flags.add("-D" + Ledger.FILE + "=" + database(folder));
        Stream.of("host=127.0.0.1", "port=0", "dataDirectory=" + folder.resolve("data"))
                .map(setting -> "-Dpostern." + setting)
                .forEach(flags::add);
        JavaArchive application = ShrinkWrap.create(JavaArchive.class, "ledger.jar")
                .addPackage(Ledger.class.getPackage())
                .addAsManifestResource("ledger/glassfish-ejb-jar.xml", "glassfish-ejb-jar.xml");
        Path log = Path.of("target", "test-classes", "logging.properties").toAbsolutePath();
        ChildProcess process = MicroServer.launch(folder, flags, log, application);
        try {
            return new LedgerServer(process);
        } catch (IOException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Ends it as {@code kill -9} does. */
    @Override
    public void close() {
        process.close();
    }

    /** {@return the subjects that were committed, in a folder whose server has ended} */
    static List<String> committed(Path folder) throws IOException, SQLException, ReflectiveOperationException {
        try (URLClassLoader loader = new URLClassLoader(
                        new java.net.URL[] {driver(folder).toUri().toURL()});
                Connection connection = ((Driver) loader.loadClass("org.h2.Driver")
                                .getConstructor()
                                .newInstance())
                        .connect("jdbc:h2:file:" + database(folder) + ";IFEXISTS=TRUE;USER=sa", new Properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SUBJECT FROM LEDGER")) {
            List<String> subjects = new ArrayList<>();
            while (rows.next()) {
                subjects.add(rows.getString(1));
            }
            return subjects;
        }
    }

    private static Path database(Path folder) {
        return folder.resolve("ledger");
    }

    /** {@return the server's own driver, so that it knows the server's files} */
    private static Path driver(Path folder) throws IOException {
        Path file = folder.resolve("h2.jar");
        try (JarFile micro = new JarFile(System.getProperty("postern.test.micro"));
                InputStream in = micro.getInputStream(micro.getEntry(DRIVER))) {
            Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
