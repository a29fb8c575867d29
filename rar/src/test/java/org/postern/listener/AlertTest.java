package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
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

    private static final int TLS_HEADER = 5;

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
    void alertBehindTheHandshakeShouldBeCountedToo(Engine engine) throws Exception {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of(), engine)) {
            var line = new BadLine(server.address());
            try (TestClient client = new TestClient(line)) {
                client.reply();
                client.ask("STARTTLS");
                client.tls();
                assertThat(client.ask("NOOP")).startsWith("250 ");
                line.bad = true;
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.ask("NOOP"));
            }
            Statistics statistics = server.listener.statistics();
            TestListener.await(
                    "no alert was counted", () -> !statistics.tlsAlerts().isEmpty());
            assertThat(statistics.tlsAlerts()).containsExactly(Map.entry("bad_record_mac", 1L));
            assertThat(statistics.tlsFailures()).isEmpty();
            server.awaitNoSessions();
            server.expectHonestMailToBeTaken();
        }
    }

    /** A connection that changes what it carries to the client, once it is bad: the last octet of all that is read at once. */
    private static final class BadLine extends Socket {

        volatile boolean bad;

        BadLine(InetSocketAddress address) throws IOException {
            super(address.getAddress(), address.getPort());
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    int count = super.read(into, from, length);
                    // The header of a record is read by itself.
                    if (bad && count > TLS_HEADER) {
                        into[from + count - 1] ^= 1;
                    }
                    return count;
                }
            };
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
