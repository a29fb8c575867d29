package org.postern.tls;

import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import org.postern.certificate.Entry;

/**
 * Contexts towards those we send to, with what they were made from. Whoever uses them keeps this object, as they are released
 * when this cannot be reached any more ({@link Contexts}).
 *
 * @param check verifies servers
 * @param expected who is at the other end of the engines made by them
 * @param ssl the engine's own; it holds the sessions that can be resumed
 * @param classic the same without post-quantum key exchange, if {@code ssl} has it
 * @param shown the certificate that is shown to servers that ask for one
 * @param missing why the active certificate is not shown; empty where it is, or none is active
 */
record ClientContext(
        ServerCheck check,
        Expected expected,
        SslContext ssl,
        Optional<SslContext> classic,
        Optional<Entry> shown,
        Optional<String> missing) {}
