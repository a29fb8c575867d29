package org.postern.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postern.NextHop;

/** Reads the fields of policies; what is not legal is told in a sentence that says what is. */
final class PolicyFields {

    private PolicyFields() {}

    static ClientLevel level(String text) {
        try {
            return ClientLevel.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The Level of a policy must be one of NONE, ATTEMPT, REQUIRE, REQUIRE_AND_VERIFY, but it was \""
                            + DomainName.shown(text) + "\".",
                    e);
        }
    }

    static Optional<NextHop> nextHop(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(NextHop.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The NextHop of a policy must be host:port, lmtp:host:port, mx:domain, or empty for delivery by MX,"
                            + " but it was \"" + DomainName.shown(text) + "\".",
                    e);
        }
    }

    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (String name : list(text)) {
            names.add(name.equalsIgnoreCase(Policy.MX_NAME) ? Policy.MX_NAME : name(name));
        }
        return names;
    }

    private static String name(String text) {
        String prefix = text.startsWith("*.") ? "*." : text.startsWith(".") ? "." : "";
        String name = DomainName.ascii(text.substring(prefix.length()));
        boolean enoughLabels = prefix.isEmpty() || name.indexOf('.') > 0;
        if (!DomainName.isValid(name) || !enoughLabels) {
            throw new IllegalArgumentException(
                    "A name of VerifyNames must be a host name, *.example.net for one label below"
                            + " it, .example.net for all below it, or mx for the name of the MX host, but it was \""
                            + DomainName.shown(text) + "\".");
        }
        return prefix + name;
    }

    static Optional<String> protocol(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "" -> Optional.empty();
            case "tlsv1.2" -> Optional.of("TLSv1.2");
            case "tlsv1.3" -> Optional.of("TLSv1.3");
            default ->
                throw new IllegalArgumentException(
                        "The MinimumProtocol of a policy must be TLSv1.2, TLSv1.3 or empty (RFC 8996: no older ones), but it was"
                                + " \"" + DomainName.shown(text) + "\".");
        };
    }

    static boolean flag(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "", "false" -> false;
            case "true" -> true;
            default ->
                throw new IllegalArgumentException(
                        "Monitor must be true or false, but it was \"" + DomainName.shown(text) + "\".");
        };
    }

    static List<String> list(String text) {
        List<String> entries = new ArrayList<>();
        for (String entry : text.split(",")) {
            if (!entry.isBlank() && !entries.contains(entry.trim())) {
                entries.add(entry.trim());
            }
        }
        return entries;
    }
}
