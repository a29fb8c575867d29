package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postern.test.ChildProcess;
import org.postern.test.Programs;

/**
 * What is made for a run: the programs in C, and a key of the kind that Postern makes for itself.
 *
 * @param folder where all of it is
 */
record Tools(Path folder) {

    static final String PASSWORD = "benchmark";

    private static final String HEADER =
            "From: sender@load.test\r\nTo: user0@sink.test\r\nSubject: Quarterly figures\r\n"
                    + "Date: Mon, 1 Jan 2024 12:00:00 +0000\r\nMessage-ID: <1@load.test>\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
    private static final String LINE = "The quick brown fox jumps over the lazy dog and reads the mail again.\r\n";

    private static final Path SOURCES = Path.of("src", "benchmark", "c").toAbsolutePath();

    static final Path NODE_SCRIPTS = Path.of("src", "benchmark", "node").toAbsolutePath();

    /** As in life the certificate is issued by another, so whoever verifies it has a chain to check. */
    private static final List<String> CERTIFICATE = List.of(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout root.key -out root.pem -days 30"
                    + " -subj /CN=Root",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout key.pem -out request.pem -subj /CN=localhost",
            "x509 -req -in request.pem -CA root.pem -CAkey root.key -CAcreateserial -extfile names -days 30"
                    + " -out certificate.pem",
            "pkcs12 -export -inkey key.pem -in certificate.pem -out key.p12 -passout pass:" + PASSWORD);

    /** Makes all of it. */
    static Tools make(Path folder) throws IOException {
        for (String program : new String[] {"smtpload", "smtpsink"}) {
            run(
                    folder,
                    "gcc",
                    "-O2",
                    "-o",
                    program,
                    SOURCES.resolve(program + ".c") + "",
                    "-lssl",
                    "-lcrypto",
                    "-lpthread");
        }
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        for (String step : CERTIFICATE) {
            run(folder, "openssl", step.split(" "));
        }
        return new Tools(folder);
    }

    Path load() {
        return folder.resolve("smtpload");
    }

    Path sink() {
        return folder.resolve("smtpsink");
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path key() {
        return folder.resolve("key.pem");
    }

    Path keyStore() {
        return folder.resolve("key.p12");
    }

    /** {@return the certificate of the authority that issued {@link #certificate}} */
    Path root() {
        return folder.resolve("root.pem");
    }

    /** {@return a file with a message of a size in octets} */
    Path message(int size) throws IOException {
        Path file = folder.resolve("message-" + size + ".eml");
        if (!Files.exists(file)) {
            StringBuilder text = new StringBuilder(HEADER);
            while (text.length() < size) {
                text.append(LINE);
            }
            text.setLength(size - 2);
            Files.writeString(file, text.append("\r\n"), StandardCharsets.US_ASCII);
        }
        return file;
    }

    /** {@return a command that runs another one that is written in Java, on a JVM that need not be Postern's, as newer ones differ} */
    static List<String> java(List<String> flags, Class<?> main, String... arguments) {
        String home = System.getProperty("benchmark.peerJava", "");
        Path java = Path.of(home.isEmpty() ? System.getProperty("java.home") : home, "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, String program, String... arguments) throws IOException {
        ChildProcess process = Programs.runIn(folder, program, arguments);
        assertThat(process.awaitExit())
                .as("%s; a C compiler and the headers of OpenSSL (gcc, libssl-dev) are needed", process.output())
                .isZero();
    }
}
