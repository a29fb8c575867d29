package org.postern.tls;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postern.NextHop;
import org.postern.certificate.Alias;

/**
 * What is demanded towards one domain, in place of what is demanded towards all.
 *
 * @param domain a recipients' domain or the host of a next hop; with a leading dot all below it
 * @param level what TLS is demanded
 * @param nextHop where the domain's mail goes; empty for the way of all other mail
 * @param verifyNames names of which the server's certificate must be for one, {@code mx} among them for the name of the MX host;
 *     empty for the rule of {@link Policies}
 * @param minimumProtocol the least TLS version; empty for the settings'
 * @param pins SHA-256 fingerprints of public keys, of which the server's must be one; empty for any
 * @param clientCertificate alias of the certificate that is shown to a server that asks; empty for the one of the role
 * @param ignoredExtensions EHLO keywords that are taken as if they were not announced, in upper case
 * @param monitor whether it decides nothing and only tells what would have failed
 */
public record Policy(
        String domain,
        ClientLevel level,
        Optional<NextHop> nextHop,
        List<String> verifyNames,
        Optional<String> minimumProtocol,
        List<String> pins,
        Optional<String> clientCertificate,
        Set<String> ignoredExtensions,
        boolean monitor) {

    /** Among {@link #verifyNames}, stands for the name of the MX host. */
    public static final String MX_NAME = "mx";

    /** The fields of a policy's text, beside its level. */
    static final List<String> FIELDS = List.of(
            "level",
            "nextHop",
            "verifyNames",
            "minimumProtocol",
            "pins",
            "clientCertificate",
            "ignoredExtensions",
            "monitor");

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,63}");

    /** Checks what does not go together. */
    public Policy {
        verifyNames = List.copyOf(verifyNames);
        pins = List.copyOf(pins);
        ignoredExtensions = Set.copyOf(ignoredExtensions);
        if (!pins.isEmpty() && level.allowsClearText()) {
            throw new IllegalArgumentException("The policy of " + domain + " cannot have Pins at Level " + level
                    + ", as in clear text there is no key to compare; set REQUIRE or REQUIRE_AND_VERIFY first, or empty"
                    + " Pins.");
        }
        if (ignoredExtensions.contains("STARTTLS") && !level.allowsClearText()) {
            throw new IllegalArgumentException("The policy of " + domain + " cannot ignore STARTTLS at Level " + level
                    + ", as no mail would ever be delivered; STARTTLS can be ignored at NONE and ATTEMPT.");
        }
        if (nextHop.filter(hop -> hop.way() == NextHop.Way.MX && domain.equals("." + hop.host()))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "The policy of " + domain + " has itself as next hop; leave NextHop empty for delivery by MX.");
        }
    }

    /** {@return a policy that only has a level} */
    public static Policy of(String domain, ClientLevel level) {
        return read(domain, Map.of("level", level.name()));
    }

    /**
     * Makes a policy of texts.
     *
     * @param domain its domain
     * @param fields values by the name of the field; absent or empty for none
     * @return the policy
     * @throws IllegalArgumentException with a full sentence, if one is not legal or they do not go together
     */
    static Policy read(String domain, Map<String, String> fields) {
        for (String name : fields.keySet()) {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("A policy has no field \"" + DomainName.shown(name) + "\"; it has "
                        + String.join(", ", FIELDS) + ".");
            }
        }
        return new Policy(
                DomainName.pattern(domain),
                PolicyFields.level(fields.getOrDefault("level", "")),
                PolicyFields.nextHop(fields.getOrDefault("nextHop", "")),
                PolicyFields.names(fields.getOrDefault("verifyNames", "")),
                PolicyFields.protocol(fields.getOrDefault("minimumProtocol", "")),
                PolicyFields.list(fields.getOrDefault("pins", "")).stream()
                        .map(Policy::pin)
                        .toList(),
                Optional.of(fields.getOrDefault("clientCertificate", ""))
                        .filter(alias -> !alias.isEmpty())
                        .map(Alias::check),
                new TreeSet<>(PolicyFields.list(fields.getOrDefault("ignoredExtensions", "")).stream()
                        .map(Policy::keyword)
                        .toList()),
                PolicyFields.flag(fields.getOrDefault("monitor", "")));
    }

    /** {@return the texts that {@link #read} makes it of; only those that say something} */
    Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        fields.put("level", level.name());
        nextHop.ifPresent(hop -> fields.put("nextHop", hop.toString()));
        fields.put("verifyNames", String.join(",", verifyNames));
        minimumProtocol.ifPresent(version -> fields.put("minimumProtocol", version));
        fields.put("pins", String.join(",", pins));
        clientCertificate.ifPresent(alias -> fields.put("clientCertificate", alias));
        fields.put("ignoredExtensions", String.join(",", new TreeSet<>(ignoredExtensions)));
        fields.put("monitor", monitor ? "true" : "");
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    /** {@return this policy with another text in one field; empty text for none} */
    public Policy with(String field, String text) {
        Map<String, String> fields = new TreeMap<>(fields());
        // In the text of all policies a space or a semicolon would end it.
        fields.put(field, text.replaceAll("[\\s]+", ""));
        if (text.indexOf(';') >= 0) {
            throw new IllegalArgumentException("A policy must not have a semicolon in its field " + field + ".");
        }
        return read(domain, fields);
    }

    /** {@return the text of a field; empty where it says nothing} */
    public String value(String field) {
        return fields().getOrDefault(field, "");
    }

    /** {@return the texts of all fields; empty where one says nothing} */
    public Map<String, String> values() {
        Map<String, String> all = new TreeMap<>();
        FIELDS.forEach(field -> all.put(field, value(field)));
        return all;
    }

    /**
     * Reads whom a policy or rule is for.
     *
     * @throws IllegalArgumentException with a full sentence
     */
    public static String pattern(String text) {
        return DomainName.pattern(text);
    }

    /** {@return whether it is about more than one domain} */
    public boolean isForMany() {
        return domain.startsWith(".") || domain.equals("*");
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(domain);
        Map<String, String> fields = fields();
        for (String name : FIELDS) {
            if (fields.containsKey(name)) {
                line.append(' ').append(name).append('=').append(fields.get(name));
            }
        }
        return line.toString();
    }

    private static String pin(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "A pin must be the SHA-256 of a public key, 64 hexadecimal digits as the bean of"
                            + " a certificate and probe show it, but it was \"" + DomainName.shown(text) + "\".");
        }
        return digits;
    }

    private static String keyword(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!KEYWORD.matcher(upper).matches()) {
            throw new IllegalArgumentException("An extension must be an EHLO keyword such as CHUNKING, but it was \""
                    + DomainName.shown(text) + "\".");
        }
        return upper;
    }
}
