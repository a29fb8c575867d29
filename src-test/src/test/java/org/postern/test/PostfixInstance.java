package org.postern.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Postfix with a configuration and a queue of its own, on loopback only. Needs to be started by root. */
public final class PostfixInstance implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/sbin");

    private static final String SERVICES =
            """
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
            "myhostname = client.example.org",
            "mydestination =",
            "alias_maps =",
            "local_transport = error:there is none",
            "inet_interfaces = loopback-only",
            "inet_protocols = ipv4",
            "smtp_dns_support_level = disabled",
            "maillog_file = /dev/stdout");

    private final Path folder;
    private final ChildProcess master;

    private PostfixInstance(Path folder) throws IOException {
        this.folder = folder;
        master = begin("", "postfix", "start-fg");
    }

    /** {@return whether it is installed and can be started} */
    public static boolean isHere() {
        return Files.isExecutable(PROGRAMS.resolve("postfix")) && "root".equals(System.getProperty("user.name"));
    }

    /**
     * Starts one.
     *
     * @param folder where all of it is; it is created
     * @param services lines of master.cf, besides those that each has
     * @param settings lines of main.cf, the same
     */
    public static PostfixInstance start(Path folder, String services, List<String> settings) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("etc"));
        // Its processes run as another user, and must get at what is below.
        for (Path path : List.of(configuration, folder, folder.getParent())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        Stream<String> folders = Stream.of(
                "queue_directory = " + Files.createDirectories(folder.resolve("queue")), "data_directory = " + data);
        Files.write(
                configuration.resolve("main.cf"),
                Stream.of(SETTINGS.stream(), folders, settings.stream())
                        .flatMap(lines -> lines)
                        .toList());
        Files.writeString(configuration.resolve("master.cf"), SERVICES + services);
        PostfixInstance started = new PostfixInstance(folder);
        try {
            started.master.awaitLine("daemon started");
            return started;
        } catch (AssertionError | RuntimeException e) {
            try {
                started.close();
            } catch (IOException stopping) {
                e.addSuppressed(stopping);
            }
            throw e;
        }
    }

    /** {@return its master, which prints the log} */
    public ChildProcess master() {
        return master;
    }

    /** {@return the process of its master, whose children do all the work} */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readString(queue().resolve("pid/master.pid")).trim());
    }

    /** {@return the folder of its queues} */
    public Path queue() {
        return folder.resolve("queue");
    }

    /** Runs one of its programs to its end. */
    public void run(String program, String... arguments) throws IOException {
        runWith("", program, arguments);
    }

    /** Runs one of its programs to its end, with something to read. */
    public void runWith(String input, String program, String... arguments) throws IOException {
        try (ChildProcess running = begin(input, program, arguments)) {
            if (running.awaitExit() != 0) {
                throw new IOException(program + " failed: " + running.output());
            }
        }
    }

    private ChildProcess begin(String input, String program, String... arguments) throws IOException {
        // sendmail has another meaning for -c.
        String option = program.equals("sendmail") ? "-C" : "-c";
        List<String> command = new ArrayList<>(List.of(
                PROGRAMS.resolve(program).toString(),
                option,
                folder.resolve("etc").toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.start(folder, Map.of(), input, command);
    }

    @Override
    public void close() throws IOException {
        // Its master does not end with the script that started it.
        try {
            run("postfix", "stop");
            master.awaitExit();
        } finally {
            master.close();
        }
    }
}
