package org.postern;

import java.io.Serializable;
import java.util.Locale;

/**
 * The mail server that mail is handed to.
 *
 * @param host a host name or an address; kept in lower case
 * @param port 1 to 65535
 */
public record NextHop(String host, int port) implements Serializable {

    /** The port of SMTP between servers (RFC 5321 section 4.5.4.2). */
    public static final int DEFAULT_PORT = 25;

    /** Checks host and port. */
    public NextHop {
        host = host.toLowerCase(Locale.ROOT);
        boolean valid = MailboxGrammar.isDomainName(host) || AddressLiteral.isIpv4(host) || AddressLiteral.isIpv6(host);
        if (!valid) {
            throw new IllegalArgumentException("The host of a next hop must be a host name or an IP address.");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("The port of a next hop must be 1 to 65535, but it was " + port + ".");
        }
    }

    /** {@return the server at this host and port} */
    public static NextHop of(String host, int port) {
        return new NextHop(host, port);
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code address:port} or {@code [IPv6 address]:port}; the port is 25 where it is not
     * given.
     *
     * @param text the next hop
     * @return the next hop
     * @throws IllegalArgumentException with a sentence, if it is none of these
     */
    public static NextHop parse(String text) {
        String trimmed = text.trim();
        int end = trimmed.startsWith("[") ? trimmed.indexOf(']') + 1 : trimmed.lastIndexOf(':');
        boolean bareIpv6 = !trimmed.startsWith("[") && trimmed.indexOf(':') != end;
        if (end <= 0 || end == trimmed.length() || bareIpv6) {
            return new NextHop(withoutBrackets(trimmed), DEFAULT_PORT);
        }
        String port = trimmed.substring(end + 1);
        if (trimmed.charAt(end) != ':' || !port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("A next hop must be host or host:port, such as mail.example.org:25.");
        }
        return new NextHop(withoutBrackets(trimmed.substring(0, end)), Integer.parseInt(port));
    }

    private static String withoutBrackets(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return {@code host:port}, an IPv6 address in brackets; {@link #parse} reads it} */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
