package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.postern.test.ChildProcess;
import org.postern.test.Programs;

/**
 * What is made for a run: the programs in C, and a key of the kind that Postern makes for itself.
 *
 * @param folder where all of it is
 */
record Tools(Path folder) {

    static final String PASSWORD = "benchmark";

    private static final Path SOURCES = Path.of("src", "benchmark", "c").toAbsolutePath();

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
        run(
                folder,
                "openssl",
                ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout key.pem"
                                + " -out certificate.pem -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost")
                        .split(" "));
        run(
                folder,
                "openssl",
                ("pkcs12 -export -inkey key.pem -in certificate.pem -out key.p12 -passout pass:" + PASSWORD)
                        .split(" "));
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

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
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
