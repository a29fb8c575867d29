package org.postern.tls;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Map;
import org.postern.certificate.Entry;

/**
 * A context towards those who send to us, with what it was made from. Whoever uses {@code ssl} keeps this object, as it is
 * released when this cannot be reached any more ({@link Contexts}).
 *
 * @param ssl the engine's own; it holds the sessions that can be resumed
 * @param keys choose what it shows
 * @param entries what it shows, the default first
 * @param verifier verifies client certificates
 * @param live the same, to be told of
 * @param missing for each alias that could not be used, why
 */
record ServerContext(
        SslContext ssl,
        ServerKeys keys,
        List<Entry> entries,
        ClientVerifier verifier,
        List<LiveCertificate> live,
        Map<String, String> missing) {

    boolean shows(String alias) {
        return live.stream().anyMatch(certificate -> certificate.alias().equals(alias));
    }
}
