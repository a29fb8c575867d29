package org.postern.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A Postfix that sends. It listens nowhere. Needs to be started by root. */
public final class Postfix implements AutoCloseable {

    private final Path folder;
    private final StringBuilder transports = new StringBuilder();
    private final StringBuilder services = new StringBuilder();
    private int routes;
    private PostfixInstance instance;

    /** Makes one in a folder, which it creates. */
    public Postfix(Path folder) {
        this.folder = folder;
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
        instance = PostfixInstance.start(
                folder,
                services.toString(),
                List.of(
                        "smtp_tls_security_level = secure",
                        "smtp_tls_secure_cert_match = nexthop",
                        "smtp_tls_loglevel = 1",
                        "transport_maps = inline:{" + transports + " }"));
    }

    /** Submits a message. */
    public void send(String from, String to, byte[] content) throws IOException {
        String input = new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n");
        instance.runWith(input, "sendmail", "-i", "-f", from, to);
    }

    /** Waits until the message for a recipient was taken by its next hop. */
    public void awaitSent(String to) {
        String line = instance.master().awaitLine("to=<" + to + ">");
        assertThat(line).as(instance.master().output()).contains("status=sent (250 2.0.0 ");
    }

    @Override
    public void close() throws IOException {
        if (instance != null) {
            instance.close();
        }
    }
}
