package org.postern.connector;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.postern.NextHop;
import org.postern.dns.Dns;
import org.postern.dns.DnsSettings;
import org.postern.listener.Listener;
import org.postern.management.OutboundStatisticsBean;
import org.postern.management.PoliciesBean;
import org.postern.management.PolicyBeans;
import org.postern.management.PolicyEditor;
import org.postern.network.EventLoops;
import org.postern.outbound.Client;
import org.postern.outbound.DeadHosts;
import org.postern.outbound.Environment;
import org.postern.outbound.Openings;
import org.postern.outbound.OutboundSettings;
import org.postern.outbound.OutboundStatistics;
import org.postern.outbound.OwnHost;
import org.postern.outbound.PolicyDirections;
import org.postern.outbound.Probe;
import org.postern.outbound.Servers;
import org.postern.outbound.Timeouts;
import org.postern.settings.SettingsStore;
import org.postern.tls.PeerTable;
import org.postern.tls.Policies;

/** All that sends. */
final class Outbound {

    private final Client client;
    private final PolicyDirections directions;
    private final DeadHosts dead;
    private final Probe probe;

    Outbound(Foundation foundation, EventLoops loops, Policies policies, Listener listener, PeerTable peers) {
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
        dead = new DeadHosts(
                () -> new DeadHosts.Pauses(
                        settings.get(OutboundSettings.DEAD_PAUSE), settings.get(OutboundSettings.DEAD_PAUSE_MOST)),
                System::nanoTime);
        directions = new PolicyDirections(policies, settings);
        var environment = new Environment(
                loops,
                directions,
                () -> Timeouts.of(settings),
                foundation.hostName(),
                servers,
                dead,
                new Openings(() -> settings.get(OutboundSettings.SILENT_WAIT), System::nanoTime));
        client = new Client(environment, new OutboundStatistics(peers, System::nanoTime));
        probe = new Probe(environment, policies, Clock.systemUTC());
    }

    /** {@return unregisters the beans of policies} */
    Runnable register(Foundation foundation) {
        SettingsStore settings = foundation.settings();
        var beans = foundation.beans();
        var audit = foundation.audit();
        var caller = foundation.caller();
        var editor = new PolicyEditor(settings);
        beans.register(new PoliciesBean(settings, editor, audit, caller), "Policies", "");
        beans.register(new OutboundStatisticsBean(client.statistics(), dead, audit), "OutboundStatistics", "");
        var policies = new PolicyBeans(beans, settings, editor, client.statistics(), audit, caller);
        policies.start();
        return policies::close;
    }

    Probe probe() {
        return probe;
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
