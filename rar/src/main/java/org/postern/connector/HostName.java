package org.postern.connector;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postern.Mailbox;
import org.postern.administration.SettingType;

/**
 * Finds out this machine's name (RFC 5321 section 2.3.5: a full name, else an address literal). It is ASCII, whatever was
 * configured: in greeting and EHLO a name beyond it must be in A-labels (RFC 6531 section 3.7.1), as no peer has said yet that it
 * reads others.
 */
final class HostName {

    static final SettingType<String> TYPE =
            new SettingType<>("a domain name or an address literal in brackets, or empty", HostName::read);

    private HostName() {}

    static String resolve(String configured) {
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return of(InetAddress.getLocalHost());
        } catch (UnknownHostException e) {
            return literal(InetAddress.getLoopbackAddress());
        }
    }

    private static String of(InetAddress address) {
        // One after another: the second may be a look-up over the network.
        return Stream.<Supplier<String>>of(address::getHostName, address::getCanonicalHostName)
                .map(Supplier::get)
                .map(HostName::ascii)
                .flatMap(Optional::stream)
                .filter(HostName::isFullName)
                .findFirst()
                .orElseGet(() -> literal(address));
    }

    /** An address looks up to itself where there is no name; a name without a dot means something in one network only. */
    private static boolean isFullName(String name) {
        return name.indexOf('.') > 0 && !Character.isDigit(name.charAt(name.length() - 1));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = text.indexOf('%');
            return "[IPv6:" + (zone < 0 ? text : text.substring(0, zone)) + "]";
        }
        return "[" + text + "]";
    }

    private static String read(String text) {
        return text.isEmpty()
                ? text
                : ascii(text).orElseThrow(() -> new IllegalArgumentException("neither name nor literal"));
    }

    /** {@return a name or literal in ASCII; empty for what is none, or has no such form} */
    private static Optional<String> ascii(String text) {
        try {
            Mailbox mailbox = new Mailbox("postmaster", text);
            // Checked again, as A-labels are longer; a name that is ASCII already stays as it was written.
            return Optional.of(
                    mailbox.isInternational() ? new Mailbox("postmaster", mailbox.domainKey()).domain() : text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
