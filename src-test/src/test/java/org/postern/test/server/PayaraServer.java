package org.postern.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.postern.test.ChildProcess;
import org.postern.test.Management;

/** A domain of Payara Server on ports of its own, made for one test and stopped with it. */
final class PayaraServer implements AutoCloseable {

    private static final String DOMAIN = "postern";

    /** How far the ports of a domain lie above its base: 8 (JMX is 86), 48 (administration), 80, 81 and others. */
    private static final int PORT_RANGE = 100;

    private final Path domains;
    private final int portBase;
    private final Map<String, String> environment;

    private PayaraServer(Path domains, int portBase, Map<String, String> environment) {
        this.domains = domains;
        this.portBase = portBase;
        this.environment = environment;
    }

    /** Makes a domain and starts it; what is in the environment, the adapter reads. */
    static PayaraServer start(Path domains, Map<String, String> environment) throws IOException {
        PayaraServer server = new PayaraServer(domains, freeBase(), environment);
        server.asadmin(
                "create-domain",
                "--domaindir",
                domains.toString(),
                "--portbase",
                Integer.toString(server.portBase),
                "--nopassword",
                DOMAIN);
        try {
            server.asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    void deploy(Path archive) throws IOException {
        asadmin("deploy", archive.toString());
    }

    void undeploy(String application) throws IOException {
        asadmin("undeploy", application);
    }

    Management management() throws IOException {
        return Management.of(pid());
    }

    @Override
    public void close() throws IOException {
        asadmin("stop-domain", "--domaindir", domains.toString(), "--kill", DOMAIN);
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readString(domains.resolve(DOMAIN).resolve("config").resolve("pid"))
                        .strip());
    }

    private void asadmin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("postern.test.server"), "bin", "asadmin")
                        .toString(),
                "--port",
                Integer.toString(portBase + 48),
                "--user",
                "admin"));
        command.addAll(List.of(arguments));
        var all = new HashMap<>(environment);
        all.put("AS_JAVA", System.getProperty("java.home"));
        // The archive carries no rights.
        Path script = Path.of(command.get(0));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable.");
        }
        try (ChildProcess asadmin = ChildProcess.start(domains, all, "", command)) {
            if (asadmin.awaitExit() != 0) {
                throw new AssertionError(String.join(" ", arguments) + " failed:\n" + asadmin.output());
            }
        }
    }

    private static int freeBase() {
        return IntStream.iterate(20_000, base -> base + PORT_RANGE)
                .limit(100)
                .filter(base -> IntStream.of(37, 38, 39, 48, 76, 80, 81, 86).allMatch(offset -> isFree(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
