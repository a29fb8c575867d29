package org.postern.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.TlsSession.Verification;

/** Reads the facts of a session from its engine. */
final class Sessions {

    private Sessions() {}

    /** {@return what the peer showed; empty where it showed nothing} */
    static List<X509Certificate> peerChain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map((Certificate certificate) -> (X509Certificate) certificate)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    /** {@return the name that the client asked for, which is whatever it chose to write} */
    static Optional<String> serverName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Optional.of(host.getAsciiName());
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // It is no name, which is no obstacle: one with a dot at its end, or with signs that no name has.
            return Optional.empty();
        }
    }

    /** {@return the facts of a session whose peer was not asked for a certificate} */
    static TlsSession withoutCertificate(SSLSession session, Optional<String> serverName) {
        return session(session, List.of(), Verification.NONE_SHOWN, Optional.empty(), serverName);
    }

    /** {@return the facts of a session whose peer was not verified; its chain is empty where it showed none} */
    static TlsSession unchecked(SSLSession session, List<X509Certificate> chain, Optional<String> serverName) {
        Verification verification = chain.isEmpty() ? Verification.NONE_SHOWN : Verification.NOT_CHECKED;
        return session(session, chain, verification, Optional.empty(), serverName);
    }

    static TlsSession checked(
            SSLSession session,
            List<X509Certificate> chain,
            Optional<TlsFailure> failure,
            Optional<String> serverName) {
        Verification verification = failure.isPresent() ? Verification.FAILED : Verification.VERIFIED;
        return session(session, chain, verification, failure, serverName);
    }

    private static TlsSession session(
            SSLSession session,
            List<X509Certificate> chain,
            Verification verification,
            Optional<TlsFailure> failure,
            Optional<String> serverName) {
        return new TlsSession(
                session.getProtocol(), session.getCipherSuite(), chain, verification, failure, serverName);
    }
}
