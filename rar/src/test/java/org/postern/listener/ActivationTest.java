package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;
import org.postern.container.TestClient;
import org.postern.tls.Engine;

/** Another certificate while senders come and go. */
class ActivationTest {

    private static final int ACTIVATIONS = 1_000;

    @TempDir
    private Path folder;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<X509Certificate> seen = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void thousandActivationsShouldFailNoSession(Engine engine) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try (TestListener server =
                        new TestListener(folder, new TestDeliveries(), Map.of("implicitTlsPort", "0"), engine);
                TestClient early = new TestClient(server.address(), false)) {
            begin(early);
            Entry second = new SelfSigned(Clock.systemUTC()).make("second", List.of(TestListener.HOST_NAME));
            server.store.add(second);
            List<Future<Integer>> sessions = new ArrayList<>();
            sessions.add(clients.submit(hammer(server, false)));
            sessions.add(clients.submit(hammer(server, true)));
            for (int i = 0; i < ACTIVATIONS; i++) {
                String alias = i % 2 == 0 ? "second" : "default";
                server.settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, alias);
                if (i % 100 == 0) {
                    assertThat(early.ask("NOOP"))
                            .as("a session from before the first")
                            .startsWith("250");
                    assertThat(shown(server, i % 200 == 0))
                            .isEqualTo(server.store.load(alias).certificate())
                            .isEqualTo(server.roles
                                    .server()
                                    .certificate()
                                    .orElseThrow()
                                    .certificate());
                }
            }
            over.set(true);
            for (Future<Integer> ended : sessions) {
                assertThat(ended.get()).isPositive();
            }
            assertThat(seen).hasSize(2);
            assertThat(server.listener.statistics().tlsFailures()).isEmpty();
            assertThat(early.ask("QUIT")).startsWith("221");
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
    }

    private Callable<Integer> hammer(TestListener server, boolean implicitTls) {
        return () -> {
            int sessions = 0;
            for (; !over.get(); sessions++) {
                seen.add(shown(server, implicitTls));
            }
            return sessions;
        };
    }

    /** One session to its end. {@return the certificate that was shown in it} */
    private static X509Certificate shown(TestListener server, boolean implicitTls) throws Exception {
        try (TestClient client =
                new TestClient(implicitTls ? server.implicitTlsAddress() : server.address(), implicitTls)) {
            X509Certificate shown;
            if (implicitTls) {
                assertThat(client.reply()).startsWith("220");
                shown = client.peer();
            } else {
                shown = begin(client);
            }
            assertThat(client.ask("EHLO client.example")).startsWith("250");
            assertThat(client.ask("QUIT")).startsWith("221");
            return shown;
        }
    }

    private static X509Certificate begin(TestClient client) throws Exception {
        assertThat(client.reply()).startsWith("220");
        assertThat(client.ask("STARTTLS")).startsWith("220");
        client.tls();
        return client.peer();
    }
}
