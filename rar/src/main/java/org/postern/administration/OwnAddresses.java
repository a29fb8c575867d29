package org.postern.administration;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Address literals (RFC 5321 section 4.1.3) that mean this machine. */
public final class OwnAddresses {

    private static final String IPV6 = "IPv6:";

    private OwnAddresses() {}

    /**
     * Tells whether an address literal is one of this machine's.
     *
     * @param literal a well-formed one, in brackets
     * @return whether it is
     */
    public static boolean contain(String literal) {
        InetAddress address = address(literal.substring(1, literal.length() - 1));
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException("The addresses of this machine cannot be read.", e);
        }
    }

    private static InetAddress address(String text) {
        boolean ipv6 = text.regionMatches(true, 0, IPV6, 0, IPV6.length());
        try {
            // An address is parsed; only a name would be looked up.
            return InetAddress.getByName(ipv6 ? text.substring(IPV6.length()) : text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address literal must hold an IP address.", e);
        }
    }
}
