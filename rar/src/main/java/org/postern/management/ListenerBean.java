package org.postern.management;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.postern.administration.Audit;
import org.postern.administration.SharedSettings;
import org.postern.listener.LimitSettings;
import org.postern.listener.Listener;
import org.postern.listener.ListenerSettings;
import org.postern.settings.SettingsStore;

/** The bean {@code type=Listener}. */
public final class ListenerBean extends LimitsBean implements ListenerMXBean {

    private final Listener listener;
    private final Audit audit;

    /**
     * Makes it.
     *
     * @param listener the listener
     * @param settings the settings it shows
     * @param audit is told of pauses
     * @param caller tells who calls
     */
    public ListenerBean(Listener listener, SettingsStore settings, Audit audit, Supplier<String> caller) {
        super(
                ListenerMXBean.class,
                new Attributes(settings)
                        .with("MaxMessageSize", ListenerSettings.MAX_MESSAGE_SIZE)
                        .with("MaxRecipients", LimitSettings.MAX_RECIPIENTS)
                        .with("IdleTimeout", ListenerSettings.IDLE_TIMEOUT)
                        .with("BareNewline", ListenerSettings.BARE_NEWLINE)
                        .with("AcceptedDomains", SharedSettings.ACCEPTED_DOMAINS)
                        .with("TrustedNetworks", ListenerSettings.TRUSTED_NETWORKS),
                settings,
                caller);
        this.listener = listener;
        this.audit = audit;
    }

    @Override
    public String getState() {
        if (!listener.isOpen()) {
            return "CLOSED";
        }
        return listener.isPaused() ? "PAUSED" : "OPEN";
    }

    @Override
    public String[] getAddresses() {
        return texts(listener.addresses());
    }

    @Override
    public String[] getImplicitTlsAddresses() {
        return texts(listener.implicitTlsAddresses());
    }

    @Override
    public int getPort() {
        return port(listener.addresses());
    }

    @Override
    public int getImplicitTlsPort() {
        return port(listener.implicitTlsAddresses());
    }

    @Override
    public int getSessions() {
        return listener.sessions();
    }

    @Override
    public String getMaxMessageSize() {
        return attributes().text(ListenerSettings.MAX_MESSAGE_SIZE);
    }

    @Override
    public void setMaxMessageSize(String size) {
        attributes().change(ListenerSettings.MAX_MESSAGE_SIZE, size);
    }

    @Override
    public String getMaxRecipients() {
        return attributes().text(LimitSettings.MAX_RECIPIENTS);
    }

    @Override
    public void setMaxRecipients(String number) {
        attributes().change(LimitSettings.MAX_RECIPIENTS, number);
    }

    @Override
    public String getIdleTimeout() {
        return attributes().text(ListenerSettings.IDLE_TIMEOUT);
    }

    @Override
    public void setIdleTimeout(String time) {
        attributes().change(ListenerSettings.IDLE_TIMEOUT, time);
    }

    @Override
    public String getBareNewline() {
        return attributes().text(ListenerSettings.BARE_NEWLINE);
    }

    @Override
    public void setBareNewline(String choice) {
        attributes().change(ListenerSettings.BARE_NEWLINE, choice);
    }

    @Override
    public String getAcceptedDomains() {
        return attributes().text(SharedSettings.ACCEPTED_DOMAINS);
    }

    @Override
    public void setAcceptedDomains(String domains) {
        attributes().change(SharedSettings.ACCEPTED_DOMAINS, domains);
    }

    @Override
    public String getTrustedNetworks() {
        return attributes().text(ListenerSettings.TRUSTED_NETWORKS);
    }

    @Override
    public void setTrustedNetworks(String networks) {
        attributes().change(ListenerSettings.TRUSTED_NETWORKS, networks);
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String pause() {
        listener.pause();
        audit.record("the listener was paused");
        return "Paused: new sessions are told 421 4.3.2, " + listener.sessions() + " sessions go on.";
    }

    @Override
    public String resume() {
        listener.resume();
        audit.record("the listener was resumed");
        return "Resumed: new sessions are taken.";
    }

    @Override
    public String resetToConfigured() {
        return attributes().reset();
    }

    private static String[] texts(List<InetSocketAddress> addresses) {
        return addresses.stream().map(NetUtil::toSocketAddressString).toArray(String[]::new);
    }

    private static int port(List<InetSocketAddress> addresses) {
        return addresses.isEmpty() ? 0 : addresses.get(0).getPort();
    }
}
