package org.postern.listener;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.postern.administration.SettingType;

/** A range of IP addresses, {@code 192.0.2.0/24} or a single address (RFC 4632 section 3.1, RFC 4291 section 2.3). */
public final class Network {

    /** Reads one. */
    public static final SettingType<Network> TYPE =
            new SettingType<>("an IP address or a network such as 192.0.2.0/24 or 2001:db8::/32", Network::new);

    private final String text;
    private final IpSubnetFilterRule rule;

    private Network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean ipv4 = NetUtil.isValidIpV4Address(address);
        // Checked before, since what is no address would be looked up as a name.
        if (!ipv4 && !NetUtil.isValidIpV6Address(address)) {
            throw new IllegalArgumentException("not an address");
        }
        int bits = ipv4 ? 32 : 128;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("a prefix out of range");
        }
        this.text = text;
        this.rule = new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    }

    /** {@return whether an address belongs to it} */
    public boolean contains(InetSocketAddress address) {
        return rule.matches(address);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && network.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
