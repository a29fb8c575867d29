package org.postern.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postern.test.ChildProcess;
import org.postern.test.Waiting;

/**
 * A Postfix with a configuration and a queue of its own, as Debian sets it up but for what is said here.
 *
 * @param folder where all of it is
 * @param process its master
 * @param pid of its master, whose children do all the work
 * @param port where its smtpd listens
 */
record PostfixServer(Path folder, ChildProcess process, long pid, int port) implements AutoCloseable {

    static final String NAME = "Postfix";
    static final String MISSING = NAME + ": /usr/sbin/postfix is not there, or the benchmark does not run as root.";

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");

    private static final String MASTER =
            """
            127.0.0.1:%d inet n - n - - smtpd
            postlog   unix-dgram n - n - 1 postlogd
            pickup    unix  n - n 60 1 pickup
            cleanup   unix  n - n - 0 cleanup
            qmgr      unix  n - n 300 1 qmgr
            tlsmgr    unix  - - n 1000? 1 tlsmgr
            tlsproxy  unix  - - n - 0 tlsproxy
            scache    unix  - - n - 1 scache
            proxymap  unix  - - n - - proxymap
            rewrite   unix  - - n - - trivial-rewrite
            bounce    unix  - - n - 0 bounce
            defer     unix  - - n - 0 bounce
            trace     unix  - - n - 0 bounce
            flush     unix  n - n 1000? 0 flush
            error     unix  - - n - - error
            retry     unix  - - n - - error
            discard   unix  - - n - - discard
            anvil     unix  - - n - 1 anvil
            smtp      unix  - - n - - smtp
            """;

    private static final List<String> SETTINGS = List.of(
            "compatibility_level = 3.6",
            "myhostname = postfix.example.org",
            "mydestination =",
            "alias_maps =",
            "local_transport = error:there is none",
            "inet_interfaces = loopback-only",
            "inet_protocols = ipv4",
            "smtp_dns_support_level = disabled",
            "smtpd_client_connection_count_limit = 0",
            "message_size_limit = 30000000",
            // By default whoever brings mail waits a second for each message that is not yet delivered.
            "in_flow_delay = 0");

    /** {@return whether it is installed and can be started} */
    static boolean isHere() {
        return Files.isExecutable(PROGRAM) && "root".equals(System.getProperty("user.name"));
    }

    /** Starts one in a folder, which it creates. */
    static PostfixServer start(Path folder, List<String> settings) throws IOException {
        int port = Tools.freePort();
        Path queue = Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Path configuration = Files.createDirectories(folder.resolve("etc"));
        // Its processes run as another user, and must get at what is below.
        for (Path path : List.of(configuration, folder, folder.getParent())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        List<String> folders = List.of(
                "queue_directory = " + queue,
                "data_directory = " + data,
                "maillog_file_prefixes = " + folder,
                "maillog_file = " + folder.resolve("mail.log"));
        Files.write(
                configuration.resolve("main.cf"),
                Stream.of(SETTINGS, folders, settings).flatMap(List::stream).toList());
        Files.writeString(configuration.resolve("master.cf"), MASTER.formatted(port));
        ChildProcess process = run(folder, PROGRAM.toString(), "start-fg");
        Path pid = queue.resolve("pid").resolve("master.pid");
        boolean started = false;
        try {
            Waiting.until("Postfix listens", () -> listens(port) && Files.exists(pid));
            started = true;
        } finally {
            if (!started) {
                process.close();
            }
        }
        return new PostfixServer(
                folder, process, Long.parseLong(Files.readString(pid).trim()), port);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            // Nobody is there yet, which is what was asked.
            return false;
        }
    }

    /** Runs one of its programs to its end. */
    void run(String program, String... arguments) throws IOException {
        try (ChildProcess running = run(folder, "/usr/sbin/" + program, arguments)) {
            if (running.awaitExit() != 0) {
                throw new IOException(program + " failed: " + running.output());
            }
        }
    }

    /** Changes its settings. */
    void set(String... settings) throws IOException {
        try (ChildProcess running = run(folder, "/usr/sbin/postconf", settings)) {
            if (running.awaitExit() != 0) {
                throw new IOException("postconf failed: " + running.output());
            }
        }
        run("postfix", "reload");
    }

    private static ChildProcess run(Path folder, String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program, "-c", folder.resolve("etc").toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.start(folder, Map.of(), "", command);
    }

    @Override
    public void close() throws IOException {
        // Its master does not end with the script that started it.
        try {
            run("postfix", "stop");
            process.awaitExit();
        } finally {
            process.close();
        }
    }
}
