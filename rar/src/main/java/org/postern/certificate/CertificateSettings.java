package org.postern.certificate;

import java.nio.file.Path;
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

    /** The file that holds the password of private keys; empty where keys are protected by the rights of their files alone. */
    public static final Setting<Optional<Path>> KEY_PASSWORD_FILE = new Setting<>(
            "keyPasswordFile",
            SettingTypes.optional(new SettingType<>("a path", Path::of)),
            "",
            "File that holds the password with which private keys are encrypted in the store (its first line)."
                    + " Empty: they are protected by the rights of their files alone. Read at start only.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(ACTIVE_SERVER_CERTIFICATE, KEY_PASSWORD_FILE);

    private CertificateSettings() {}
}
