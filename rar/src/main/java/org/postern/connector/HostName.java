package org.postern.connector;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.postern.Mailbox;
import org.postern.administration.SettingType;

/** Finds out this machine's name (RFC 5321 section 2.3.5: a full name, else an address literal). */
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
        String name = isFullName(address.getHostName()) ? address.getHostName() : address.getCanonicalHostName();
        return isFullName(name) ? name : literal(address);
    }

    /** An address looks up to itself where there is no name; a name without a dot means something in one network only. */
    private static boolean isFullName(String name) {
        return name.indexOf('.') > 0 && !Character.isDigit(name.charAt(name.length() - 1)) && isDomain(name);
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
        if (!text.isEmpty() && !isDomain(text)) {
            throw new IllegalArgumentException("neither name nor literal");
        }
        return text;
    }

    private static boolean isDomain(String text) {
        try {
            new Mailbox("postmaster", text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
