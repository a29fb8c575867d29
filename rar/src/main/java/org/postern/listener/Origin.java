package org.postern.listener;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where a peer comes from, as limits see it: an IPv4 address, or the /64 of an IPv6 address, within which one machine can have as
 * many addresses as it likes (RFC 4291 section 2.5.4).
 *
 * @param bits the address, or its first half
 * @param ipv4 which of both
 */
record Origin(long bits, boolean ipv4) {

    static Origin of(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean ipv4 = octets.length == Integer.BYTES;
        ByteBuffer in = ByteBuffer.wrap(octets);
        return new Origin(ipv4 ? in.getInt() : in.getLong(), ipv4);
    }

    /** {@return it as an address literal (RFC 5321 section 4.1.3), {@code [192.0.2.1]} or {@code [IPv6:2001:db8::/64]}} */
    String literal() {
        ByteBuffer octets = ByteBuffer.allocate(ipv4 ? Integer.BYTES : 2 * Long.BYTES);
        if (ipv4) {
            return "[" + NetUtil.bytesToIpAddress(octets.putInt((int) bits).array()) + "]";
        }
        return "[IPv6:" + NetUtil.bytesToIpAddress(octets.putLong(bits).array()) + "/64]";
    }
}
