package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.container.TestClient;
import org.postern.tls.Engine;

/** Why peers end TLS, as far as they say so. */
class AlertTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void alertOfAPeerThatTrustsNobodyShouldBeCountedByItsName(Engine engine) throws Exception {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of(), engine)) {
            try (TestClient client = new TestClient(server.address(), false)) {
                client.reply();
                client.ask("STARTTLS");
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.tls(null, new TrustsNobody()));
            }
            Statistics statistics = server.listener.statistics();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (statistics.tlsFailures().isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(statistics.tlsAlerts()).containsExactly(Map.entry("certificate_unknown", 1L));
            assertThat(statistics.tlsFailures()).containsExactly(Map.entry("HANDSHAKE", 1L));
            try (TestClient honest = new TestClient(server.address(), false)) {
                honest.reply();
                honest.ask("STARTTLS");
                honest.tls();
                assertThat(honest.message("a@accepted.example", "text\r\n")).startsWith("250");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void alertOfAPeerThatCannotReadWhatComesShouldBeCountedBehindTheHandshakeToo(Engine engine) throws Exception {
        try (TestListener server =
                new TestListener(folder, new TestDeliveries(), Map.of("implicitTlsPort", "0"), engine)) {
            for (boolean implicitTls : new boolean[] {false, true}) {
                try (TestClient client = server.greet(implicitTls)) {
                    if (!implicitTls) {
                        client.ask("STARTTLS");
                        client.tls();
                    }
                    assertThat(client.ask("EHLO client.example")).startsWith("250 ");
                    client.garble();
                    assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.ask("NOOP"));
                }
                server.awaitNoSessions();
            }
            Statistics statistics = server.listener.statistics();
            assertThat(statistics.tlsAlerts()).containsExactly(Map.entry("bad_record_mac", 2L));
            assertThat(statistics.tlsFailures()).isEmpty();
            assertThat(statistics.tlsSessions().values()).containsExactly(2L);
            server.expectHonestMailToBeTaken();
        }
    }

    private static final class TrustsNobody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("Nobody is trusted.");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("Nobody is trusted.");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
