package org.postern.outbound;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.tls.ClientLevel;
import org.postern.tls.Peer;
import org.postern.tls.PeerFacts;

/** What a probe found, in a few lines. */
final class ProbeReport {

    private static final int MOST_CERTIFICATES = 6;

    private ProbeReport() {}

    static String of(
            Target target, Wire wire, String keyExchange, Optional<TlsFailure> failure, Peer peer, Instant now) {
        TlsSession tls = wire.tls().orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add(target + ": " + tls.protocol() + ", " + tls.cipherSuite() + ", key exchange "
                + (keyExchange.isEmpty() ? "unknown" : keyExchange));
        lines.add("Extensions: "
                + wire.features().offered().stream().map(Enum::name).sorted().toList());
        tls.peerChain().stream().limit(MOST_CERTIFICATES).forEach(certificate -> lines.add(line(certificate, now)));
        lines.add("Key of the server, SHA-256 (a pin): "
                + (tls.peerChain().isEmpty()
                        ? "none"
                        : PeerFacts.pin(tls.peerChain().get(0))));
        lines.add(ClientLevel.NONE + ": would be delivered, in clear");
        lines.add(ClientLevel.ATTEMPT + ": would be delivered, encrypted");
        lines.add(ClientLevel.REQUIRE + ": would be delivered, encrypted");
        lines.add(ClientLevel.REQUIRE_AND_VERIFY + ": "
                + failure.map(reason -> "would wait, " + reason + ": " + reason.sentence())
                        .orElse("would be delivered, verified")
                + " (names " + String.join(", ", peer.names()) + ")");
        return String.join("\n", lines);
    }

    static String withoutTls(Target target, TlsFailure reason, String sentence) {
        boolean injected = reason == TlsFailure.INJECTED;
        return String.join(
                "\n",
                target + ": " + sentence,
                ClientLevel.NONE + ": would be delivered, in clear",
                ClientLevel.ATTEMPT + (injected ? ": would wait, INJECTED" : ": would be delivered, in clear"),
                ClientLevel.REQUIRE + ": would wait, " + reason,
                ClientLevel.REQUIRE_AND_VERIFY + ": would wait, " + reason);
    }

    private static String line(X509Certificate certificate, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        return "Certificate of " + PeerFacts.subject(certificate) + ", issued by " + PeerFacts.issuer(certificate)
                + ", valid to " + end + " (" + Duration.between(now, end).toDays() + " days)";
    }
}
