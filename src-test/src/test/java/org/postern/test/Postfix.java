package org.postern.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Postfix that sends, with a configuration and a queue of its own. It listens nowhere. Needs to be started by root. */
public final class Postfix implements AutoCloseable {

    private static final String MASTER =
            """
            postlog   unix-dgram n - n - 1 postlogd
            pickup    unix  n - n 60 1 pickup
            cleanup   unix  n - n - 0 cleanup
            qmgr      unix  n - n 300 1 qmgr
            tlsmgr    unix  - - n 1000? 1 tlsmgr
            rewrite   unix  - - n - - trivial-rewrite
            bounce    unix  - - n - 0 bounce
            defer     unix  - - n - 0 bounce
            trace     unix  - - n - 0 bounce
            flush     unix  n - n 1000? 0 flush
            error     unix  - - n - - error
            retry     unix  - - n - - error
            smtp      unix  - - n - - smtp
            """;

    private final Path folder;
    private final Path configuration;
    private final StringBuilder transports = new StringBuilder();
    private final StringBuilder services = new StringBuilder(MASTER);
    private int routes;
    private ChildProcess process;

    /** Makes one in a folder, which it creates. */
    public Postfix(Path folder) throws IOException {
        this.folder = folder;
        configuration = Files.createDirectories(folder.resolve("etc"));
        // Its processes run as another user, and must get at what is below.
        for (Path path : List.of(configuration, folder, folder.getParent())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Before the start: where mail for a recipient goes, and with what options of Postfix's SMTP client. */
    public void route(String recipient, String nextHop, List<String> options) {
        String name = "route" + ++routes;
        services.append(name).append(" unix - - n - - smtp\n");
        options.forEach(option -> services.append("  -o ").append(option).append('\n'));
        transports
                .append(" { ")
                .append(recipient)
                .append(" = ")
                .append(name)
                .append(':')
                .append(nextHop)
                .append(" }");
    }

    /** Starts it. */
    public void start() throws IOException {
        Path queue = Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        Files.writeString(
                configuration.resolve("main.cf"),
                String.join(
                        "\n",
                        "compatibility_level = 3.6",
                        "queue_directory = " + queue,
                        "data_directory = " + data,
                        "myhostname = client.example.org",
                        "mydestination =",
                        "alias_maps =",
                        "local_transport = error:there is none",
                        "inet_interfaces = loopback-only",
                        "inet_protocols = ipv4",
                        "smtp_dns_support_level = disabled",
                        "smtp_tls_security_level = secure",
                        "smtp_tls_secure_cert_match = nexthop",
                        "smtp_tls_loglevel = 1",
                        "maillog_file = /dev/stdout",
                        "transport_maps = inline:{" + transports + " }",
                        ""));
        Files.writeString(configuration.resolve("master.cf"), services);
        process = postfix("start-fg");
        process.awaitLine("daemon started");
    }

    private ChildProcess postfix(String command) throws IOException {
        return ChildProcess.start(
                folder, Map.of(), "", List.of("/usr/sbin/postfix", "-c", configuration.toString(), command));
    }

    /** Submits a message. */
    public void send(String from, String to, byte[] content) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/sendmail", "-C", configuration.toString()));
        command.addAll(List.of("-i", "-f", from, to));
        String input = new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n");
        try (ChildProcess sendmail = ChildProcess.start(folder, Map.of(), input, command)) {
            assertThat(sendmail.awaitExit()).as(sendmail.output()).isZero();
        }
    }

    /** Waits until the message for a recipient was taken by its next hop. */
    public void awaitSent(String to) {
        String line = process.awaitLine("to=<" + to + ">");
        assertThat(line).as(process.output()).contains("status=sent (250 2.0.0 ");
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        // Its master does not end with the script that started it.
        try (ChildProcess stop = postfix("stop")) {
            stop.awaitExit();
            process.awaitExit();
        } finally {
            process.close();
        }
    }
}
