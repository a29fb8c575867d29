package org.postern;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where mail is handed to: a mail server that is named, or whatever servers a domain names in its MX records.
 *
 * @param way how it is found and spoken to
 * @param host a host name or an address; with {@link Way#MX} the domain. In lower case
 * @param port 1 to 65535; with {@link Way#MX} it is not used
 * @param domain the recipients' domain, whose policy comes before that of the host; in lower case, empty for none
 */
public record NextHop(Way way, String host, int port, String domain) implements Serializable {

    /** The port of SMTP between servers (RFC 5321 section 4.5.4.2). */
    public static final int DEFAULT_PORT = 25;

    /** The port of LMTP where none is given (the one that IANA has for it; RFC 2033 only says that it is not 25). */
    public static final int DEFAULT_LMTP_PORT = 24;

    private static final String LMTP_PREFIX = "lmtp:";
    private static final String MX_PREFIX = "mx:";

    /** How a next hop is found and spoken to. */
    public enum Way {
        /** SMTP to a host and port. */
        SMTP,
        /** LMTP (RFC 2033) to a host and port: a server that stores mail, and answers for each recipient. */
        LMTP,
        /** SMTP to the servers that the domain names in its MX records (RFC 5321 section 5.1). */
        MX
    }

    /** Checks host, port and domain. */
    public NextHop {
        host = host.toLowerCase(Locale.ROOT);
        domain = domain.toLowerCase(Locale.ROOT);
        boolean address = AddressLiteral.isIpv4(host) || AddressLiteral.isIpv6(host);
        if (!address && !MailboxGrammar.isDomainName(host)) {
            throw new IllegalArgumentException("The host of a next hop must be a host name or an IP address.");
        }
        if (way == Way.MX && address) {
            throw new IllegalArgumentException("Only a domain has MX records; an IP address has none.");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("The port of a next hop must be 1 to 65535, but it was " + port + ".");
        }
        if (!domain.isEmpty() && !MailboxGrammar.isDomainName(domain)) {
            throw new IllegalArgumentException("The domain of a next hop must be a domain name.");
        }
    }

    /** Makes one for SMTP to a host and port. */
    public NextHop(String host, int port) {
        this(Way.SMTP, host, port, "");
    }

    /** {@return the server at this host and port} */
    public static NextHop of(String host, int port) {
        return new NextHop(host, port);
    }

    /** {@return the LMTP server at this host and port} */
    public static NextHop lmtp(String host, int port) {
        return new NextHop(Way.LMTP, host, port, "");
    }

    /**
     * Gives the servers of a domain, as its MX records name them when mail is sent.
     *
     * @param domain a domain name, or an address literal in brackets, which has no MX records and stands for itself
     * @return the next hop
     * @throws IllegalArgumentException with a sentence, if it is neither
     */
    public static NextHop forDomain(String domain) {
        if (!domain.startsWith("[")) {
            return new NextHop(Way.MX, domain, DEFAULT_PORT, domain);
        }
        if (!MailboxGrammar.isAddressLiteral(domain)) {
            throw new IllegalArgumentException("A domain in brackets must be an address literal (RFC 5321 4.1.3).");
        }
        String inside = domain.substring(1, domain.length() - 1);
        boolean ipv6 = inside.regionMatches(true, 0, "IPv6:", 0, 5);
        return new NextHop(ipv6 ? inside.substring(5) : inside, DEFAULT_PORT);
    }

    /** {@return this next hop for mail to a domain, whose policy then comes before that of the host} */
    public NextHop forMailTo(String recipientDomain) {
        return new NextHop(way, host, port, recipientDomain);
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code address:port} or {@code [IPv6 address]:port}, with {@code lmtp:} in front
     * for LMTP; the port is 25, with LMTP 24, where it is not given. {@code mx:domain} is a domain's servers.
     *
     * @param text the next hop
     * @return the next hop
     * @throws IllegalArgumentException with a sentence, if it is none of these
     */
    public static NextHop parse(String text) {
        String trimmed = text.trim();
        if (trimmed.regionMatches(true, 0, MX_PREFIX, 0, MX_PREFIX.length())) {
            return forDomain(trimmed.substring(MX_PREFIX.length()));
        }
        if (trimmed.regionMatches(true, 0, LMTP_PREFIX, 0, LMTP_PREFIX.length())) {
            return server(Way.LMTP, trimmed.substring(LMTP_PREFIX.length()), DEFAULT_LMTP_PORT);
        }
        return server(Way.SMTP, trimmed, DEFAULT_PORT);
    }

    private static NextHop server(Way way, String trimmed, int defaultPort) {
        int end = trimmed.startsWith("[") ? trimmed.indexOf(']') + 1 : trimmed.lastIndexOf(':');
        boolean bareIpv6 = !trimmed.startsWith("[") && trimmed.indexOf(':') != end;
        if (end <= 0 || end == trimmed.length() || bareIpv6) {
            return new NextHop(way, withoutBrackets(trimmed), defaultPort, "");
        }
        String port = trimmed.substring(end + 1);
        if (trimmed.charAt(end) != ':' || !port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("A next hop must be host or host:port, such as mail.example.org:25.");
        }
        return new NextHop(way, withoutBrackets(trimmed.substring(0, end)), Integer.parseInt(port), "");
    }

    private static String withoutBrackets(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return {@code host:port}, an IPv6 address in brackets, or {@code mx:domain}; {@link #parse} reads it} */
    @Override
    public String toString() {
        if (way == Way.MX) {
            return MX_PREFIX + host;
        }
        String server = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        return way == Way.LMTP ? LMTP_PREFIX + server : server;
    }
}
