package org.postern.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** Settings of name look-ups. */
public final class DnsSettings {

    private static final int DNS_PORT = 53;
    private static final Pattern FORM = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(\\d{1,5}))?"
            + "|(\\d{1,3}(?:\\.\\d{1,3}){3})(?::(\\d{1,5}))?"
            + "|([0-9a-fA-F:]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

    /** Who is asked; empty: those that this machine asks. */
    public static final Setting<List<InetSocketAddress>> SERVERS = new Setting<>(
            "dnsServers",
            SettingTypes.listOf(new SettingType<>(
                    "an IP address such as 192.0.2.1, 192.0.2.1:53 or [2001:db8::1]:53", DnsSettings::read)),
            "",
            "Name servers that are asked for MX records and addresses, in this order: addresses, with a port where it is not"
                    + " 53. Empty: those of this machine.");

    /** How long a name server may take. */
    public static final Setting<Duration> TIMEOUT = new Setting<>(
            "dnsTimeout",
            new SettingType<>("a time from 1 second to 1 minute", DnsSettings::readTimeout),
            "5s",
            "How long a name server may take to answer, in seconds. Each is asked twice before a look-up fails with 4.4.3.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(SERVERS, TIMEOUT);

    private DnsSettings() {}

    private static InetSocketAddress read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("no address");
        }
        String address = form.group(1) != null ? form.group(1) : form.group(3) != null ? form.group(3) : form.group(5);
        String port = form.group(2) != null ? form.group(2) : form.group(4);
        try {
            // An address is parsed; only a name would be looked up, and the form lets none through.
            return new InetSocketAddress(
                    InetAddress.getByName(address), port == null ? DNS_PORT : Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address", e);
        }
    }

    private static Duration readTimeout(String text) {
        Duration value = SettingTypes.DURATION.reader().apply(text);
        if (value.toSeconds() < 1 || value.toSeconds() > 60) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
