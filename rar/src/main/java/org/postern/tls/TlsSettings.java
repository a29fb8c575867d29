package org.postern.tls;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** Settings of TLS in both roles. */
public final class TlsSettings {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private static final SettingType<List<String>> PROTOCOLS = protocols();

    /** What TLS is demanded of those who send to us. */
    public static final Setting<ServerLevel> SERVER_LEVEL = new Setting<>(
                    "serverTlsLevel",
                    SettingTypes.choice(ServerLevel.class),
                    ServerLevel.ATTEMPT.name(),
                    "TLS of those who send to us. NONE: never; ATTEMPT: offered, reaches everybody and promises nothing;"
                            + " REQUIRE: no mail without it, which a server named in public MX records must not demand"
                            + " (RFC 3207 section 4).")
            .whenUnreadable(ServerLevel.REQUIRE.name());

    /** Whether those who send to us show a certificate. */
    public static final Setting<ClientCertificate> CLIENT_CERTIFICATE = new Setting<>(
            "clientCertificate",
            SettingTypes.choice(ClientCertificate.class),
            ClientCertificate.DO_NOT_REQUEST.name(),
            "Certificates of those who send to us, verified against your own authorities only. REQUEST: asked for, no obstacle;"
                    + " REQUIRE: no handshake without one; needs serverTlsLevel REQUIRE.");

    /** Narrows the client certificates that verify to listed ones; empty for no narrowing. In lower case without colons. */
    public static final Setting<List<String>> ALLOWED_CLIENTS = new Setting<>(
            "allowedClients",
            SettingTypes.listOf(new SettingType<>(
                    "a SHA-256 fingerprint of a certificate or its key, 64 hexadecimal digits",
                    TlsSettings::readFingerprint)),
            "",
            "SHA-256 fingerprints of client certificates or their keys; others do not verify then. Empty: all that your own"
                    + " authorities have issued.");

    /** Protocol versions towards those who send to us (RFC 8996: no older ones). */
    public static final Setting<List<String>> SERVER_PROTOCOLS = new Setting<>(
            "serverTlsProtocols",
            PROTOCOLS,
            "TLSv1.3,TLSv1.2",
            "TLS versions towards those who send to us: TLSv1.3, TLSv1.2 or both.");

    /** How long a handshake with those who send to us may take. */
    public static final Setting<Duration> HANDSHAKE_TIMEOUT = new Setting<>(
            "handshakeTimeout",
            timeout(),
            "30s",
            "How long a TLS handshake with those who send to us may take; 1s to 1h.");

    /** What TLS is demanded of those we send to. */
    public static final Setting<ClientLevel> CLIENT_LEVEL = new Setting<>(
                    "clientTlsLevel",
                    SettingTypes.choice(ClientLevel.class),
                    ClientLevel.ATTEMPT.name(),
                    "TLS towards those we send to. NONE: never; ATTEMPT: where it can be had, promises nothing; REQUIRE: or no"
                            + " delivery; REQUIRE_AND_VERIFY: the certificate must hold too.")
            .whenUnreadable(ClientLevel.REQUIRE_AND_VERIFY.name());

    /** Protocol versions towards those we send to (RFC 8996: no older ones). */
    public static final Setting<List<String>> CLIENT_PROTOCOLS = new Setting<>(
            "clientTlsProtocols",
            PROTOCOLS,
            "TLSv1.3,TLSv1.2",
            "TLS versions towards those we send to: TLSv1.3, TLSv1.2 or both.");

    /** How long a handshake with those we send to may take. */
    public static final Setting<Duration> CLIENT_HANDSHAKE_TIMEOUT = new Setting<>(
            "clientHandshakeTimeout",
            timeout(),
            "30s",
            "How long a TLS handshake with those we send to may take; 1s to 1h.");

    /** Whether servers verify against the authorities that the Java platform trusts, too. */
    public static final Setting<Boolean> USE_SYSTEM_CERTIFICATES = new Setting<>(
            "useSystemCertificates",
            SettingTypes.FLAG,
            "true",
            "Whether servers that we send to verify against the authorities of the Java platform too, and not only against your"
                    + " own. Client certificates never do.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            SERVER_LEVEL,
            CLIENT_CERTIFICATE,
            ALLOWED_CLIENTS,
            SERVER_PROTOCOLS,
            HANDSHAKE_TIMEOUT,
            CLIENT_LEVEL,
            CLIENT_PROTOCOLS,
            CLIENT_HANDSHAKE_TIMEOUT,
            USE_SYSTEM_CERTIFICATES);

    private TlsSettings() {}

    private static SettingType<List<String>> protocols() {
        SettingType<List<String>> list = SettingTypes.listOf(new SettingType<>("a version", TlsSettings::readProtocol));
        return new SettingType<>("TLSv1.3, TLSv1.2 or both, separated by a comma", text -> {
            List<String> versions = list.reader().apply(text);
            if (versions.isEmpty()) {
                throw new IllegalArgumentException("no version");
            }
            return versions;
        });
    }

    private static String readProtocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tlsv1.3" -> "TLSv1.3";
            case "tlsv1.2" -> "TLSv1.2";
            default -> throw new IllegalArgumentException("not a version");
        };
    }

    private static String readFingerprint(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(digits).matches()) {
            throw new IllegalArgumentException("not a fingerprint");
        }
        return digits;
    }

    private static SettingType<Duration> timeout() {
        return new SettingType<>(SettingTypes.DURATION.legal() + ", at least 1s and at most 1h", text -> {
            Duration duration = SettingTypes.DURATION.reader().apply(text);
            if (duration.toSeconds() < 1 || duration.toSeconds() > 3600) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        });
    }
}
