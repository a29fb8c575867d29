package org.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The sender's end of the line to the benchmark: it connects, reads a command a line, and answers each when it has been done.
 *
 * <pre>
 * port kept|each messages connections file
 * sent
 * </pre>
 */
public final class Commanded {

    /** What a sender answers; anything else is the reason why it did not. */
    public static final String SENT = "sent";

    private Commanded() {}

    /**
     * What to do.
     *
     * @param port where the sink listens, at localhost
     * @param kept whether connections are kept
     * @param messages how many
     * @param connections over how many connections at once
     * @param message a file with the message
     */
    public record Command(int port, boolean kept, int messages, int connections, Path message) {

        static Command parse(String line) {
            String[] words = line.split(" ", 5);
            return new Command(
                    Integer.parseInt(words[0]),
                    "kept".equals(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Path.of(words[4]));
        }

        @Override
        public String toString() {
            return port + (kept ? " kept " : " each ") + messages + " " + connections + " " + message;
        }
    }

    /** Somebody who can do it. */
    @FunctionalInterface
    public interface Doing {

        /** Sends all of it. */
        void send(Command command) throws Exception;
    }

    /** Obeys until the benchmark closes the line. */
    public static void obey(int controlPort, Doing doing) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), controlPort);
                var commands =
                        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
                var answers = new PrintWriter(line.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                answers.println(outcome(Command.parse(command), doing));
            }
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // the benchmark is told, and ends
    private static String outcome(Command command, Doing doing) {
        try {
            doing.send(command);
            return SENT;
        } catch (Exception e) {
            return e.toString().replaceAll("\\s+", " ");
        }
    }
}
