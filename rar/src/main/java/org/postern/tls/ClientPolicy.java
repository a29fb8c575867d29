package org.postern.tls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.certificate.CertificateSettings;

/** All settings that say what is demanded of those we send to. */
record ClientPolicy(Duration handshakeTimeout, Terms terms) {

    /**
     * Those of them that a context is made from. A session is resumed only under the terms that made it.
     *
     * @param level also where contexts would be alike: nothing made under a lower level lives on
     * @param certificate alias of the certificate that is shown to servers that ask for one
     * @param platformAnchors whether the Java platform's anchors count
     * @param pins fingerprints of keys of which the server's must be one; empty for any
     */
    record Terms(
            ClientLevel level,
            List<String> protocols,
            Optional<String> certificate,
            boolean platformAnchors,
            List<String> pins,
            RevocationCheck revocation) {}

    static ClientPolicy of(SettingValues values) {
        var terms = new Terms(
                values.get(TlsSettings.CLIENT_LEVEL),
                values.get(TlsSettings.CLIENT_PROTOCOLS),
                values.get(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE),
                values.get(TlsSettings.USE_SYSTEM_CERTIFICATES),
                List.of(),
                values.get(TlsSettings.REVOCATION_CHECK));
        return new ClientPolicy(values.get(TlsSettings.CLIENT_HANDSHAKE_TIMEOUT), terms);
    }

    /**
     * {@return the same with what a domain's policy says otherwise}
     *
     * @throws IllegalArgumentException with a full sentence, if no protocol is left
     */
    ClientPolicy under(Policy policy) {
        List<String> protocols = terms.protocols.stream()
                .filter(version -> policy.minimumProtocol()
                        .map(least -> version.compareTo(least) >= 0)
                        .orElse(true))
                .toList();
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("The policy of " + policy.domain() + " demands "
                    + policy.minimumProtocol().orElseThrow() + " at least, which clientTlsProtocols ("
                    + String.join(", ", terms.protocols) + ") does not have.");
        }
        return new ClientPolicy(
                handshakeTimeout,
                new Terms(
                        policy.level(),
                        protocols,
                        policy.clientCertificate().or(terms::certificate),
                        terms.platformAnchors,
                        policy.pins(),
                        terms.revocation));
    }

    ClientLevel level() {
        return terms.level;
    }

    /** {@return whether a stranger is refused} */
    boolean checksPeer() {
        return verifies() || !terms.pins.isEmpty();
    }

    /** {@return whether handshakes wait for authorities} */
    boolean asksAuthorities() {
        return verifies() && terms.revocation != RevocationCheck.NONE;
    }

    boolean verifies() {
        return terms.level == ClientLevel.REQUIRE_AND_VERIFY;
    }
}
