package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.ChildProcess;
import org.postern.test.SmtpDialogue;

/** How the runnable jar starts, what it says when it cannot, and how it ends. */
class StartAndStopIT {

    @TempDir
    private Path folder;

    @Test
    void changeShouldSurviveARestartAndTheEnvironmentShouldBeHeard() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, Map.of(), "host=127.0.0.1", "port=0")) {
            gateway.management().set("ServerTls", "Level", "REQUIRE");
            try (SmtpDialogue idle = SmtpDialogue.open(gateway.port())) {
                idle.say("EHLO client.example.org");
                assertThat(gateway.stop()).as(gateway.process().output()).isEqualTo(128 + 15);
                assertThat(idle.read()).startsWith("421 4.3.2 ");
                assertThat(idle.isEnded()).isTrue();
            }
            assertThat(gateway.process().output()).doesNotContain(" ERROR ").doesNotContain(" WARN ");
        }

        int port = freePort();
        Map<String, String> environment = Map.of(
                "POSTERN_HOST", "127.0.0.1",
                "POSTERN_PORT", Integer.toString(port),
                "POSTERN_HOST_NAME", "environment.example.org");
        try (RunningGateway gateway = RunningGateway.start(folder, environment)) {
            assertThat(gateway.port()).isEqualTo(port);
            assertThat(gateway.management().text("ServerTls", "Level")).isEqualTo("REQUIRE");
            assertThat((String[]) gateway.management().get("ServerTls", "Source"))
                    .anySatisfy(line -> assertThat(line).contains("Level").contains("changed at run time"));
            try (SmtpDialogue dialogue = SmtpDialogue.open(port)) {
                assertThat(dialogue.say("EHLO client.example.org")).startsWith("250-environment.example.org");
                assertThat(dialogue.say("MAIL FROM:<sender@example.com>")).startsWith("530 5.7.0 ");
            }
        }
    }

    /** Without them it would run as well, at a higher cost, so that nobody would see what the jar lacks. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nativeLibrariesShouldBeFoundInTheJar() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, Map.of(), "host=127.0.0.1", "port=0")) {
            Path maps = Path.of("/proc", Long.toString(gateway.process().pid()), "maps");
            assertThat(Files.readString(maps)).contains("/libnetty_tcnative_", "/libnetty_transport_native_epoll_");
            assertThat(gateway.process().output()).contains("TLS engine BoringSSL");
        }
    }

    @Test
    void wrongSettingShouldBeOneSentenceAndNoPort() throws IOException {
        int port = freePort();
        try (ChildProcess process =
                RunningGateway.launch(folder, Map.of(), "host=127.0.0.1", "port=" + port, "serverTlsLevel=PERHAPS")) {
            assertThat(process.awaitExit()).as(process.output()).isEqualTo(1);
            GatewayIT.assertFailed(process, "serverTlsLevel must be one of NONE, ATTEMPT, REQUIRE");
            assertThat(process.output()).contains("PERHAPS");
        }
    }

    @Test
    void helpShouldListTheSettings() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                RunningGateway.jar(),
                "--help");
        try (ChildProcess process = ChildProcess.start(folder, Map.of(), "", command)) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.output())
                    .contains("serverTlsLevel (ATTEMPT)")
                    .contains("port (2525)")
                    .contains("nextHop")
                    .contains("localRecipients");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
