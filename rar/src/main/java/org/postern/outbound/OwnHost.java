package org.postern.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Supplier;

/**
 * This gateway, as its mail could come back to it.
 *
 * @param name the name that it goes by
 * @param listening tells where it listens
 */
public record OwnHost(String name, Supplier<List<InetSocketAddress>> listening) {

    /** {@return whether this gateway listens there} */
    boolean listensAt(InetSocketAddress target) {
        return listening.get().stream()
                .anyMatch(own -> own.getPort() == target.getPort()
                        && (own.getAddress().equals(target.getAddress())
                                || own.getAddress().isAnyLocalAddress() && isLocal(target.getAddress())));
    }

    /**
     * {@return whether a server that a domain names is this gateway} Which port a firewall leads here cannot be known, so every
     * address of this machine counts, but for those that no other machine can mean.
     */
    boolean isMailServer(String host, List<InetSocketAddress> addresses) {
        return host.equalsIgnoreCase(name)
                || addresses.stream()
                        .anyMatch(address -> listensAt(address)
                                || !address.getAddress().isLoopbackAddress() && isLocal(address.getAddress()));
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // Without an answer it is better to send than to refuse.
            return false;
        }
    }
}
