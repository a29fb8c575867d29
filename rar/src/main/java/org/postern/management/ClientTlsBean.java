package org.postern.management;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postern.outbound.Probe;
import org.postern.settings.SettingsStore;
import org.postern.tls.ClientLevel;
import org.postern.tls.Roles;
import org.postern.tls.TlsSettings;

/** The bean {@code type=ClientTls}. */
public final class ClientTlsBean extends SettingsBean implements ClientTlsMXBean {

    private final Roles roles;
    private final Probe probe;
    private final Operation operation;

    /**
     * Makes it.
     *
     * @param settings the settings it shows
     * @param roles tells what is in force
     * @param probe tries servers out
     * @param caller tells who calls
     */
    public ClientTlsBean(SettingsStore settings, Roles roles, Probe probe, Supplier<String> caller) {
        super(
                ClientTlsMXBean.class,
                new Attributes(settings)
                        .with("Level", TlsSettings.CLIENT_LEVEL)
                        .with("Protocols", TlsSettings.CLIENT_PROTOCOLS)
                        .with("HandshakeTimeoutSeconds", TlsSettings.CLIENT_HANDSHAKE_TIMEOUT),
                settings,
                caller);
        this.roles = roles;
        this.probe = probe;
        // Nothing is changed, so there is nothing to record.
        this.operation = new Operation(what -> {});
    }

    @Override
    public String getLevel() {
        return attributes().get(TlsSettings.CLIENT_LEVEL).name();
    }

    @Override
    public void setLevel(String level) {
        attributes().change(TlsSettings.CLIENT_LEVEL, level);
    }

    @Override
    public String[] getLegalLevels() {
        return Stream.of(ClientLevel.values()).map(Enum::name).toArray(String[]::new);
    }

    @Override
    public String getProtocols() {
        return String.join(", ", attributes().get(TlsSettings.CLIENT_PROTOCOLS));
    }

    @Override
    public void setProtocols(String protocols) {
        attributes().change(TlsSettings.CLIENT_PROTOCOLS, protocols);
    }

    @Override
    public long getHandshakeTimeoutSeconds() {
        return attributes().get(TlsSettings.CLIENT_HANDSHAKE_TIMEOUT).toSeconds();
    }

    @Override
    public void setHandshakeTimeoutSeconds(long seconds) {
        attributes().change(TlsSettings.CLIENT_HANDSHAKE_TIMEOUT, Long.toString(seconds));
    }

    @Override
    public String getClientCertificate() {
        return roles.client().certificate().orElse("");
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String resetToConfigured() {
        return attributes().reset();
    }

    @Override
    public String explain(String domain) {
        return operation.ask(
                () -> probe.explain(Operation.given("domain", domain).trim()));
    }

    @Override
    public String probe(String host, int port) {
        return operation.ask(() -> probe.probe(Operation.given("host", host).trim(), port));
    }

    @Override
    public String probeDomain(String domain) {
        return operation.ask(
                () -> probe.probeDomain(Operation.given("domain", domain).trim()));
    }
}
