package org.postern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Keeps HotSpot's optimizing compiler off code that runs at the start and hardly after it: loading of classes, reading of
 * descriptors, the server's injection. Of all processor time until mail was accepted it took more than a third, for code that
 * was done before it paid. The quick compiler goes on compiling it, and both compile everything else.
 *
 * <p>This is for when there is no command line to say it on. A JVM without HotSpot's commands starts as it does.
 */
final class StartCompilation {
    private static final String RULES = "start-compilation.json";
    private static final String ADDED = "1 compiler directives added";
    private static final String[] TEXT = {String[].class.getName()};

    private final boolean added;

    private StartCompilation(boolean added) {
        this.added = added;
    }

    /** The rules hold until {@link #end}. */
    static StartCompilation begin() {
        try (InputStream rules = StartCompilation.class.getResourceAsStream(RULES)) {
            // The command reads a file, and nothing but a file.
            Path file = Files.createTempFile("postern", ".json");
            try {
                Files.copy(rules, file, StandardCopyOption.REPLACE_EXISTING);
                return new StartCompilation(
                        invoke("compilerDirectivesAdd", file.toString()).contains(ADDED));
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            // Another JVM, or nowhere to write: a slower start.
            return new StartCompilation(false);
        }
    }

    boolean isAdded() {
        return added;
    }

    /** What was held back so far stays so; what comes up later is compiled as ever. */
    void end() {
        if (added) {
            try {
                invoke("compilerDirectivesRemove");
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String invoke(String command, String... arguments) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        boolean bare = arguments.length == 0;
        return String.valueOf(server.invoke(
                name(), command, bare ? new Object[0] : new Object[] {arguments}, bare ? new String[0] : TEXT));
    }

    private static ObjectName name() throws MalformedObjectNameException {
        return new ObjectName("com.sun.management:type=DiagnosticCommand");
    }
}
