package org.postern.outbound;

import java.net.InetSocketAddress;

/**
 * One address of a server.
 *
 * @param host the server's name or address, as it was configured or as its domain names it
 * @param address where it is
 */
record Target(String host, InetSocketAddress address) {

    @Override
    public String toString() {
        String at = address.getAddress().getHostAddress();
        String named = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return named + ":" + address.getPort() + (at.equals(host) ? "" : " (" + at + ")");
    }
}
