package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.TlsSession;
import org.postern.certificate.TestAuthority;
import org.postern.tls.ClientLevel;
import org.postern.tls.Engine;

/** Postfix, which says in its Received field how it got a message. */
class PostfixMatrixTest extends ForeignMatrix {

    private final Map<String, Integer> ports = new HashMap<>();
    private PostfixServer postfix;

    @Override
    void startServers(TestAuthority authority, Path folder) throws IOException {
        postfix = new PostfixServer(folder);
        for (ServedCertificate served : ServedCertificate.values()) {
            ports.put(served.name(), postfix.listen(served.issue(authority)));
        }
        ports.put("WITHOUT_STARTTLS", postfix.listenInClear());
        ports.put("TLS_1_2", postfix.listen(ServedCertificate.RSA.issue(authority), "smtpd_tls_protocols=TLSv1.2"));
        postfix.start();
    }

    @Override
    void stopServers() throws IOException {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void serverOfYesterdayShouldGetTls12() throws Exception {
        for (Engine engine : engines()) {
            check(engine, "TLS_1_2", ClientLevel.ATTEMPT, "TLSv1.2");
            check(engine, "TLS_1_2", ClientLevel.REQUIRE, "TLSv1.2");
            check(engine, "TLS_1_2", ClientLevel.REQUIRE_AND_VERIFY, "TLSv1.2 verified");
        }
    }

    @Override
    int port(String kind) {
        return ports.get(kind);
    }

    @Override
    void assertArrived(String subject, TlsSession tls) {
        try {
            String message = postfix.awaitMessage(subject).replace("\n\t", " ");
            assertThat(message).contains("\n\n.\n");
            if (tls == null) {
                assertThat(message).contains("with ESMTP id").doesNotContain("using TLS");
            } else {
                assertThat(message)
                        .contains("(using " + tls.protocol() + " with cipher ")
                        .contains("with ESMTPS id");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    int begun(int atLeast) {
        return postfix.begun(atLeast);
    }
}
