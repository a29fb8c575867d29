package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;

/**
 * A Postfix that takes mail for example.org, with a configuration and a queue of its own. It listens at free ports of this machine.
 * Needs to be started by root.
 */
final class PostfixServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");

    private static final String MASTER =
            """
            postlog   unix-dgram n - n - 1 postlogd
            cleanup   unix  n - n - 0 cleanup
            qmgr      unix  n - n 300 1 qmgr
            tlsmgr    unix  - - n 1000? 1 tlsmgr
            rewrite   unix  - - n - - trivial-rewrite
            bounce    unix  - - n - 0 bounce
            defer     unix  - - n - 0 bounce
            trace     unix  - - n - 0 bounce
            error     unix  - - n - - error
            retry     unix  - - n - - error
            proxymap  unix  - - n - - proxymap
            anvil     unix  - - n - 1 anvil
            virtual   unix  - n n - - virtual
            """;

    private final Path folder;
    private final Path mail;
    private final Path configuration;
    private final StringBuilder services = new StringBuilder(MASTER);
    private final List<String> lines = new ArrayList<>();
    private Process process;

    /** Makes one in a folder of a test. Skips the test where there is no Postfix, but fails in CI. */
    PostfixServer(Path folder) throws IOException {
        if (System.getenv("CI") != null) {
            assertThat(PROGRAM).as("CI must not skip what needs Postfix").exists();
        }
        assumeTrue(Files.exists(PROGRAM), "skipped: Postfix is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: Postfix is started by root only");
        this.folder = folder.resolve("postfix");
        configuration = Files.createDirectories(this.folder.resolve("etc"));
        mail = Files.createDirectories(this.folder.resolve("mail"));
        // Its processes run as other users, and must get at what is below.
        for (Path path : List.of(configuration, this.folder, folder)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Before the start: listens at a port, with a certificate and options of Postfix's server. */
    int listen(Entry served, String... options) throws IOException {
        Path file = Files.createTempFile(configuration, "chain", ".pem");
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(served.key().getEncoded());
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n"
                        + ChainPem.write(served.chain()));
        var all = new ArrayList<>(List.of("smtpd_tls_security_level=may", "smtpd_tls_chain_files=" + file));
        all.addAll(List.of(options));
        return listen(all);
    }

    /** Before the start: listens at a port where there is no STARTTLS. */
    int listenInClear() throws IOException {
        return listen(List.of("smtpd_tls_security_level=none"));
    }

    private int listen(List<String> options) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            services.append("127.0.0.1:").append(free.getLocalPort()).append(" inet n - n - - smtpd\n");
            options.forEach(option -> services.append("  -o ").append(option).append('\n'));
            return free.getLocalPort();
        }
    }

    void start() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        UserPrincipalLookupService users = data.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(data, users.lookupPrincipalByName("postfix"));
        Files.setOwner(mail, users.lookupPrincipalByName("nobody"));
        String nobody = "static:" + Files.getAttribute(mail, "unix:uid");
        List<String> settings = List.of(
                "compatibility_level = 3.6",
                "queue_directory = " + Files.createDirectories(folder.resolve("queue")),
                "data_directory = " + data,
                "myhostname = peer.example.net",
                "mydestination =",
                "alias_maps =",
                "local_recipient_maps =",
                "local_transport = error:there is none",
                "virtual_mailbox_domains = example.org",
                "virtual_mailbox_base = " + mail,
                "virtual_mailbox_maps = static:all/",
                "virtual_uid_maps = " + nobody,
                "virtual_gid_maps = " + nobody,
                "inet_interfaces = loopback-only",
                "inet_protocols = ipv4",
                "smtp_dns_support_level = disabled",
                "smtpd_peername_lookup = no",
                "smtpd_relay_restrictions = reject_unauth_destination",
                "smtpd_tls_received_header = yes",
                "maillog_file = /dev/stdout",
                "");
        Files.writeString(configuration.resolve("main.cf"), String.join("\n", settings));
        Files.writeString(configuration.resolve("master.cf"), services);
        process = postfix("start-fg");
        Thread reader = new Thread(this::read, "log of Postfix");
        reader.setDaemon(true);
        reader.start();
        awaitLines(line -> line.contains("daemon started"), 1);
    }

    /** {@return the stored message with a subject, with the fields that Postfix put on top} */
    String awaitMessage(String subject) throws IOException {
        // Postfix knows no subjects, but it tells of each message when it has stored it.
        for (int stored = 1; ; stored++) {
            awaitLines(line -> line.contains("status=sent (delivered to maildir)"), stored);
            try (var files = Files.list(mail.resolve("all/new"))) {
                for (Path file : files.toList()) {
                    String text = Files.readString(file);
                    if (text.contains("Subject: " + subject + "\n")) {
                        return text;
                    }
                }
            }
        }
    }

    /** {@return how many messages were begun, when it has told of as many as there must be} */
    synchronized int begun(int atLeast) {
        Predicate<String> begins = line -> line.contains(": client=");
        awaitLines(begins, atLeast);
        return (int) lines.stream().filter(begins).count();
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        try {
            // Its master does not end with the script that started it.
            Process stop = postfix("stop");
            stop.getInputStream().readAllBytes();
            stop.waitFor(20, TimeUnit.SECONDS);
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process postfix(String command) throws IOException {
        return new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString(), command)
                .redirectErrorStream(true)
                .start();
    }

    private void read() {
        try (BufferedReader log = process.inputReader()) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                synchronized (this) {
                    lines.add(line);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // A process that was ended takes its output with it.
            return;
        }
    }

    private synchronized void awaitLines(Predicate<String> wanted, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (lines.stream().filter(wanted).count() < count) {
            assertThat(System.nanoTime()).as("%s", String.join("\n", lines)).isLessThan(end);
            try {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
