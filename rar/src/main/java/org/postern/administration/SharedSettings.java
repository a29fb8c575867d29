package org.postern.administration;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Settings of the adapter that applications also go by. */
public final class SharedSettings {

    private static final Pattern DOMAIN =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private static final SettingType<String> DOMAIN_TYPE =
            new SettingType<>("a domain name such as example.org", SharedSettings::readDomain);

    /** The domains that mail is accepted for from anyone; in lower case. */
    public static final Setting<List<String>> ACCEPTED_DOMAINS = new Setting<>(
            "acceptedDomains",
            SettingTypes.listOf(DOMAIN_TYPE),
            "localhost",
            "Domains that mail is accepted for from anyone. Mail for all others is taken from trustedNetworks only.");

    private SharedSettings() {}

    private static String readDomain(String text) {
        String domain = text.toLowerCase(Locale.ROOT);
        if (domain.length() > 255 || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a domain name");
        }
        return domain;
    }
}
