package org.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.postern.test.ChildProcess;

/**
 * Postfix' client. Mail is brought to the hold queue beforehand; what is measured begins when the queue manager takes it up, and
 * ends when the queue is empty. The queue's part in that is the price of a sender that loses nothing.
 */
final class PostfixSender implements OutboundSender {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int FEWEST = 200;
    private static final int SLOWER = 5;

    /** In the order that a message takes: one that moves on meanwhile is seen in the next. */
    private static final List<String> QUEUES = List.of("deferred", "incoming", "active");

    private final Tools tools;
    private final PostfixServer server;
    private String configured = "";

    private PostfixSender(Tools tools, PostfixServer server) {
        this.tools = tools;
        this.server = server;
    }

    static PostfixSender start(Path folder, Tools tools) throws IOException {
        PostfixServer server = PostfixServer.start(
                folder,
                List.of(
                        "smtp_tls_security_level = secure",
                        "smtp_tls_secure_cert_match = nexthop",
                        "smtp_tls_CAfile = " + tools.root(),
                        "smtpd_recipient_restrictions = check_client_access static:HOLD, permit_mynetworks, reject",
                        "default_destination_concurrency_limit = " + Way.CONNECTIONS,
                        "initial_destination_concurrency = " + Way.CONNECTIONS,
                        "smtp_connection_reuse_count_limit = " + Way.KEPT));
        return new PostfixSender(tools, server);
    }

    @Override
    public String name() {
        return PostfixServer.NAME;
    }

    /** Nothing in it is compiled while it runs. */
    @Override
    public boolean warmsUp() {
        return false;
    }

    /** Fewer, as each is written to the queue before, which is not measured but takes its time. */
    @Override
    public int messages(Way way) {
        return Math.min(way.messages(), Math.max(FEWEST, way.messages() / SLOWER));
    }

    @Override
    public Round send(Way way, int port, Path message, int count) throws IOException {
        configure(way, port);
        fill(way, count);
        server.instance().run("postsuper", "-H", "ALL");
        double cpu = CpuTime.of(server.pid());
        long start = System.nanoTime();
        server.instance().run("postqueue", "-f");
        Awaitility.await("Postfix' queue is empty")
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(PATIENCE)
                .until(() -> QUEUES.stream().allMatch(this::isEmpty));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round((CpuTime.of(server.pid()) - cpu) * 1e3 / count, count / seconds);
    }

    private void configure(Way way, int port) throws IOException {
        String relay = "relayhost = [localhost]:" + port;
        String kept = way.isKept() ? "yes" : "no";
        if (configured.equals(relay + kept)) {
            return;
        }
        server.set(
                "-e",
                relay,
                "smtp_tls_connection_reuse = " + kept,
                "smtp_connection_cache_on_demand = " + kept,
                "smtp_connection_cache_destinations = " + (way.isKept() ? "[localhost]:" + port : ""),
                "smtp_tls_session_cache_database = " + (way.isResumed() ? "btree:${data_directory}/smtp_scache" : ""));
        configured = relay + kept;
    }

    private void fill(Way way, int count) throws IOException {
        List<String> command = List.of(
                tools.load().toString(),
                "-P",
                Integer.toString(server.port()),
                "-n",
                Integer.toString(count),
                "-k",
                "100",
                "-c",
                Integer.toString(Way.CONNECTIONS),
                "-s",
                Integer.toString(way.size()),
                "-p");
        try (ChildProcess process = ChildProcess.start(Path.of("."), Map.of(), "", command)) {
            if (process.awaitExit(PATIENCE) != 0) {
                throw new IOException("Postfix did not take the mail to send: " + process.output());
            }
        }
    }

    private boolean isEmpty(String queue) {
        try (var files = Files.walk(server.instance().queue().resolve(queue))) {
            return files.noneMatch(Files::isRegularFile);
        } catch (IOException | UncheckedIOException e) {
            // A file went away meanwhile, so there was one.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
