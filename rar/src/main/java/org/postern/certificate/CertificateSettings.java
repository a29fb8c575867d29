package org.postern.certificate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** Settings of the certificate store. */
public final class CertificateSettings {

    /**
     * The alias of the certificate that is shown to those who send to us; empty until the first start has made one. A setting,
     * so that another is activated as every TLS setting is changed: proven, stored and swapped in one step.
     */
    public static final Setting<Optional<String>> ACTIVE_SERVER_CERTIFICATE = new Setting<>(
            "activeServerCertificate",
            SettingTypes.optional(Alias.TYPE),
            "",
            "Alias of the certificate shown to those who send to us. Empty: the first start makes one of the alias default.");

    /**
     * The aliases of certificates that serve their own names beside the default one. A former default stands here until it is
     * deactivated.
     */
    public static final Setting<List<String>> SERVER_CERTIFICATES = new Setting<>(
            "serverCertificates",
            SettingTypes.listOf(Alias.TYPE),
            "",
            "Aliases, separated by commas, of certificates that are shown to those who ask for one of their names,"
                    + " beside activeServerCertificate.");

    /** The alias of the certificate that is shown when a server that we send to asks for one; empty for none. */
    public static final Setting<Optional<String>> ACTIVE_CLIENT_CERTIFICATE = new Setting<>(
            "activeClientCertificate",
            SettingTypes.optional(Alias.TYPE),
            "",
            "Alias of the certificate shown when a server that we send to asks for one. Empty: none is shown.");

    /** Whether a certificate that is meant for servers only may be shown as a client's. */
    public static final Setting<Boolean> ACCEPT_SERVER_AUTH_AS_CLIENT = new Setting<>(
            "acceptServerAuthAsClient",
            SettingTypes.FLAG,
            "false",
            "Whether a certificate whose extended key usage names servers only may be the active client certificate"
                    + " or a policy's;"
                    + " public authorities no longer issue others. Servers may refuse it.");

    /** How often the store's folder is looked at for files renewed in place; zero for never. */
    public static final Setting<Duration> CERTIFICATE_WATCH = new Setting<>(
            "certificateWatch",
            SettingTypes.DURATION,
            "0",
            "How often the store's folder is looked at for keys and chains that were replaced by hand or by an ACME client."
                    + " Files are taken up once they have not changed for that long. 0: never.");

    /** The file that holds the password of private keys; empty where keys are protected by the rights of their files alone. */
    public static final Setting<Optional<Path>> KEY_PASSWORD_FILE = new Setting<>(
            "keyPasswordFile",
            SettingTypes.optional(new SettingType<>("a path", Path::of)),
            "",
            "File that holds the password with which private keys are encrypted in the store (its first line)."
                    + " Empty: they are protected by the rights of their files alone. Read at start only.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            ACTIVE_SERVER_CERTIFICATE,
            SERVER_CERTIFICATES,
            ACTIVE_CLIENT_CERTIFICATE,
            ACCEPT_SERVER_AUTH_AS_CLIENT,
            CERTIFICATE_WATCH,
            KEY_PASSWORD_FILE);

    private CertificateSettings() {}
}
