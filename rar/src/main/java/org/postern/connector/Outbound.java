package org.postern.connector;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.postern.NextHop;
import org.postern.dns.Dns;
import org.postern.dns.DnsSettings;
import org.postern.listener.Listener;
import org.postern.network.EventLoops;
import org.postern.outbound.Client;
import org.postern.outbound.DeadHosts;
import org.postern.outbound.Environment;
import org.postern.outbound.OutboundSettings;
import org.postern.outbound.OutboundStatistics;
import org.postern.outbound.OwnHost;
import org.postern.outbound.PolicyDirections;
import org.postern.outbound.Servers;
import org.postern.outbound.Timeouts;
import org.postern.settings.SettingsStore;
import org.postern.tls.Policies;

/** All that sends. */
final class Outbound {

    private final Client client;
    private final PolicyDirections directions;

    Outbound(Foundation foundation, EventLoops loops, Policies policies, Listener listener) {
        SettingsStore settings = foundation.settings();
        var dns = new Dns(
                loops,
                () -> settings.get(DnsSettings.SERVERS),
                () -> settings.get(DnsSettings.TIMEOUT),
                System::nanoTime);
        var servers = new Servers(
                dns,
                new OwnHost(foundation.hostName(), () -> addresses(listener)),
                () -> settings.get(OutboundSettings.MX_PORT),
                () -> !settings.get(DnsSettings.SERVERS).isEmpty());
        var dead = new DeadHosts(
                () -> new DeadHosts.Pauses(
                        settings.get(OutboundSettings.DEAD_PAUSE), settings.get(OutboundSettings.DEAD_PAUSE_MOST)),
                System::nanoTime);
        directions = new PolicyDirections(policies, settings);
        var environment =
                new Environment(loops, directions, () -> Timeouts.of(settings), foundation.hostName(), servers, dead);
        client = new Client(environment, new OutboundStatistics());
    }

    Client client() {
        return client;
    }

    NextHop nextHopFor(String domain) {
        return directions.nextHopFor(domain);
    }

    private static List<InetSocketAddress> addresses(Listener listener) {
        List<InetSocketAddress> all = new ArrayList<>(listener.addresses());
        all.addAll(listener.implicitTlsAddresses());
        return all;
    }
}
