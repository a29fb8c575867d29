package org.postern.launcher;

import fish.payara.micro.PayaraMicro;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * How the gateway is, read from its management bean {@code type=Gateway}, attribute {@code Status}, in whatever domain it was
 * put.
 */
enum Gateway {
    /** The adapter or the gateway was not deployed; the server has logged why, and goes on without. */
    MISSING,
    /** Nothing works; the adapter has logged why. */
    FAILED,
    /** Mail is accepted, with or without problems to look at. */
    RUNNING;

    private static final String APPLICATION = "postern-ejb";
    private static final String STARTING = "STARTING";
    private static final String ERROR = "ERROR";
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Waits, bounded, while the gateway says that it is starting. */
    static Gateway await() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        String status = status();
        while (STARTING.equals(status) && System.nanoTime() - deadline < 0) {
            Thread.sleep(PAUSE.toMillis());
            status = status();
        }
        if (ERROR.equals(status) && !isListening()) {
            return FAILED;
        }
        return status == null || !isDeployed() ? MISSING : RUNNING;
    }

    /** The server ends neither itself nor the adapter where the gateway's own module fails. */
    private static boolean isDeployed() {
        return PayaraMicro.getInstance()
                .getRuntime()
                .getDeployedApplicationNames()
                .contains(APPLICATION);
    }

    /** There are errors with which mail is still taken, such as a missing certificate. */
    private static boolean isListening() {
        String state = attribute("Listener", "State");
        return state != null && !state.equals("CLOSED");
    }

    private static String status() {
        return attribute("Gateway", "Status");
    }

    private static String attribute(String type, String attribute) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : names(server, type)) {
            try {
                if (server.getMBeanInfo(name).getClassName().startsWith("org.postern.")) {
                    return String.valueOf(server.getAttribute(name, attribute));
                }
            } catch (JMException e) {
                // Unregistered meanwhile, or another product's bean of that type: not ours.
            }
        }
        return null;
    }

    private static Set<ObjectName> names(MBeanServer server, String type) {
        try {
            return server.queryNames(new ObjectName("*:type=" + type + ",*"), null);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
