package org.postern.launcher;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Starts the gateway: {@code java -jar postern-micro.jar [options of Payara Micro]}. */
public final class Main {
    /** What a stop may take: the adapter's own draining and the server's wait of 30 s for it, and a margin. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    /** No cluster, which would listen on the network and double the time to start, and nothing sent to anyone. */
    private static final List<String> OPTIONS = List.of("--nohazelcast", "--disablephonehome");

    private Main() {}

    /** Returns once mail is accepted; the server's threads keep the JVM alive. Ends it with 1 if that is not reached. */
    public static void main(String[] arguments) throws Exception {
        if (Usage.isAskedFor(arguments)) {
            System.out.print(Usage.text());
            return;
        }
        // Payara Micro would turn IPv6 off for the whole JVM, and the listener with it.
        setDefault("java.net.preferIPv4Stack", "false");
        setDefault("java.util.logging.manager", Logs.class.getName());
        Logs.configure();
        System.setOut(Chatter.without(System.out));
        Runtime.getRuntime().addShutdownHook(new Thread(Main::boundStop, "bound on stop"));

        StartCompilation rules = StartCompilation.begin();
        Server.start(Stream.concat(OPTIONS.stream(), Stream.of(arguments)).toArray(String[]::new));
        Gateway gateway = Gateway.await();
        rules.end();
        System.Logger log = System.getLogger(Main.class.getName());
        if (gateway == Gateway.MISSING) {
            log.log(Level.ERROR, "The mail gateway was not deployed, for the reason logged above; the server stops.");
        }
        if (gateway != Gateway.RUNNING) {
            // Of FAILED the adapter has said why, in a sentence of its own.
            System.exit(1);
        }
        // Deployment leaves garbage behind, 100 MB, that the collector would keep from the system for a long time.
        System.gc();
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The server's own shutdown hook has no bound: this ends the JVM where that one hangs. */
    private static void boundStop() {
        Thread bound = new Thread(
                () -> {
                    try {
                        Thread.sleep(LONGEST_STOP.toMillis());
                        Runtime.getRuntime().halt(1);
                    } catch (InterruptedException e) {
                        // Nobody interrupts it; if so, the stop goes on without a bound.
                    }
                },
                "bound on stop");
        bound.setDaemon(true);
        bound.start();
    }
}
