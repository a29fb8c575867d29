package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.postern.test.PostfixInstance;

/**
 * A Postfix that listens.
 *
 * @param instance all of it
 * @param port where its smtpd listens
 */
record PostfixServer(PostfixInstance instance, int port) implements AutoCloseable {

    static final String NAME = "Postfix";
    static final String MISSING = NAME + ": /usr/sbin/postfix is not there, or the benchmark does not run as root.";

    private static final List<String> SETTINGS = List.of(
            "smtpd_client_connection_count_limit = 0",
            "message_size_limit = 30000000",
            // By default whoever brings mail waits a second for each message that is not yet delivered.
            "in_flow_delay = 0");

    /** Starts one in a folder, which it creates. */
    static PostfixServer start(Path folder, List<String> settings) throws IOException {
        int port = Tools.freePort();
        return new PostfixServer(
                PostfixInstance.start(
                        folder,
                        "127.0.0.1:" + port + " inet n - n - - smtpd\n",
                        Stream.concat(SETTINGS.stream(), settings.stream()).toList()),
                port);
    }

    /** {@return the process of its master, whose children do all the work} */
    long pid() throws IOException {
        return instance.pid();
    }

    /** Changes its settings. */
    void set(String... settings) throws IOException {
        instance.run("postconf", settings);
        instance.run("postfix", "reload");
    }

    @Override
    public void close() throws IOException {
        instance.close();
    }
}
