package org.postern.management;

import java.util.List;
import java.util.regex.Pattern;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;

/** Settings of management. */
public final class ManagementSettings {

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** The domain of all management beans; several adapters in one JVM need one each. */
    public static final Setting<String> MANAGEMENT_DOMAIN = new Setting<>(
            "managementDomain",
            new SettingType<>("a name of letters, digits, dot, underscore and hyphen", ManagementSettings::readDomain),
            "org.postern",
            "Domain of all management beans. Several adapters in one JVM need one each. Read at start only.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(MANAGEMENT_DOMAIN);

    private ManagementSettings() {}

    private static String readDomain(String text) {
        if (!DOMAIN.matcher(text).matches()) {
            throw new IllegalArgumentException("not a domain of management beans");
        }
        return text;
    }
}
