package org.postern.management;

import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postern.settings.SettingsStore;
import org.postern.tls.ClientCertificate;
import org.postern.tls.LiveCertificate;
import org.postern.tls.Roles;
import org.postern.tls.ServerLevel;
import org.postern.tls.TlsSettings;

/** The bean {@code type=ServerTls}. */
public final class ServerTlsBean extends SettingsBean implements ServerTlsMXBean {

    private final Roles roles;

    /**
     * Makes it.
     *
     * @param settings the settings it shows
     * @param roles tell what is live
     * @param caller tells who calls
     */
    public ServerTlsBean(SettingsStore settings, Roles roles, Supplier<String> caller) {
        super(
                ServerTlsMXBean.class,
                new Attributes(settings)
                        .with("Level", TlsSettings.SERVER_LEVEL)
                        .with("ClientCertificate", TlsSettings.CLIENT_CERTIFICATE)
                        .with("AllowedClients", TlsSettings.ALLOWED_CLIENTS)
                        .with("Protocols", TlsSettings.SERVER_PROTOCOLS)
                        .with("HandshakeTimeoutSeconds", TlsSettings.HANDSHAKE_TIMEOUT),
                settings,
                caller);
        this.roles = roles;
    }

    @Override
    public String getLevel() {
        return attributes().get(TlsSettings.SERVER_LEVEL).name();
    }

    @Override
    public void setLevel(String level) {
        attributes().change(TlsSettings.SERVER_LEVEL, level);
    }

    @Override
    public String[] getLegalLevels() {
        return Stream.of(ServerLevel.values()).map(Enum::name).toArray(String[]::new);
    }

    @Override
    public String getClientCertificate() {
        return attributes().get(TlsSettings.CLIENT_CERTIFICATE).name();
    }

    @Override
    public void setClientCertificate(String clientCertificate) {
        attributes().change(TlsSettings.CLIENT_CERTIFICATE, clientCertificate);
    }

    @Override
    public String[] getLegalClientCertificates() {
        return Stream.of(ClientCertificate.values()).map(Enum::name).toArray(String[]::new);
    }

    @Override
    public String getAllowedClients() {
        return String.join(", ", attributes().get(TlsSettings.ALLOWED_CLIENTS));
    }

    @Override
    public void setAllowedClients(String allowedClients) {
        attributes().change(TlsSettings.ALLOWED_CLIENTS, allowedClients);
    }

    @Override
    public String getProtocols() {
        return String.join(", ", attributes().get(TlsSettings.SERVER_PROTOCOLS));
    }

    @Override
    public void setProtocols(String protocols) {
        attributes().change(TlsSettings.SERVER_PROTOCOLS, protocols);
    }

    @Override
    public long getHandshakeTimeoutSeconds() {
        return attributes().get(TlsSettings.HANDSHAKE_TIMEOUT).toSeconds();
    }

    @Override
    public void setHandshakeTimeoutSeconds(long seconds) {
        attributes().change(TlsSettings.HANDSHAKE_TIMEOUT, Long.toString(seconds));
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String getCertificateFingerprint() {
        return live(LiveCertificate::fingerprint);
    }

    @Override
    public String getCertificateSerial() {
        return live(LiveCertificate::serial);
    }

    @Override
    public String getCertificateLiveSince() {
        return live(certificate ->
                certificate.since().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    @Override
    public String[] getCertificatesLive() {
        return roles.server().certificates().stream()
                .map(live -> live.alias() + ": SHA-256 " + live.fingerprint() + ", serial " + live.serial() + ", since "
                        + live.since().truncatedTo(ChronoUnit.SECONDS))
                .toArray(String[]::new);
    }

    @Override
    public String resetToConfigured() {
        return attributes().reset();
    }

    private String live(Function<LiveCertificate, String> fact) {
        return roles.server().certificate().map(fact).orElse("");
    }
}
