package org.postern.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A server as TLS sees it.
 *
 * @param host the name or address of the server; a name is told to it (SNI, RFC 6066 section 3)
 * @param port its port
 * @param names the names of which its certificate must be for one (RFC 9525): a name; {@code .example.org} for any name below
 *     example.org; {@code *.example.org} for any one label below it, or a certificate for just this wildcard
 */
public record Peer(String host, int port, List<String> names) {

    /** Copies the list. */
    public Peer {
        names = List.copyOf(names);
    }

    /** {@return a server whose certificate must be for its host} */
    public static Peer of(String host, int port) {
        return new Peer(host, port, List.of(host));
    }

    /** {@return whether a certificate is for one of the names} */
    boolean isNamedBy(X509Certificate certificate) {
        return names.stream().anyMatch(name -> matches(certificate, name));
    }

    private static boolean matches(X509Certificate certificate, String name) {
        if (name.startsWith(".")) {
            String parent = DomainName.ascii(name.substring(1));
            return PeerName.dnsNames(certificate).stream().anyMatch(shown -> isBelow(shown, parent));
        }
        if (name.startsWith("*.")) {
            String parent = DomainName.ascii(name.substring(2));
            return PeerName.dnsNames(certificate).stream().anyMatch(shown -> isOneBelow(shown, parent));
        }
        return !name.isEmpty() && PeerName.matches(certificate, name);
    }

    /** A wildcard stands for names that are all below its parent. */
    private static boolean isBelow(String shown, String parent) {
        if (parent.indexOf('.') < 0) {
            // Below a top-level domain everybody is.
            return false;
        }
        return shown.equals("*." + parent) || shown.endsWith("." + parent) && !shown.startsWith("*." + parent);
    }

    private static boolean isOneBelow(String shown, String parent) {
        return isBelow(shown, parent)
                && (shown.startsWith("*.")
                        ? shown.equals("*." + parent)
                        : shown.substring(0, shown.length() - parent.length() - 1)
                                        .indexOf('.')
                                < 0);
    }
}
