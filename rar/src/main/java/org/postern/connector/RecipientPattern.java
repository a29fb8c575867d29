package org.postern.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postern.Mailbox;

/**
 * Which recipients a bean takes mail for: {@code orders@example.org}, {@code *@example.org}, {@code *@.example.org} (all
 * subdomains) or {@code *}. Compared without case.
 *
 * @param localPart empty for all
 * @param domain empty for all; begins with a dot for subdomains
 */
record RecipientPattern(String localPart, String domain) {

    /** Matches everything. */
    private static final RecipientPattern ANY = new RecipientPattern("", "");

    /**
     * Reads a list separated by commas.
     *
     * @throws IllegalArgumentException with a full sentence that names the wrong entry
     */
    static List<RecipientPattern> readAll(String text) {
        List<RecipientPattern> patterns = new ArrayList<>();
        for (String entry : text.split(",")) {
            if (!entry.isBlank()) {
                patterns.add(read(entry.trim()));
            }
        }
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException(
                    "The property recipients must name at least one recipient, or * for all.");
        }
        return List.copyOf(patterns);
    }

    private static RecipientPattern read(String entry) {
        if (entry.equals("*")) {
            return ANY;
        }
        int at = entry.lastIndexOf('@');
        String local = at < 0 ? "" : entry.substring(0, at);
        String domain = entry.substring(at + 1).toLowerCase(Locale.ROOT);
        boolean subdomains = local.equals("*") && domain.startsWith(".");
        try {
            // The grammar of addresses judges both parts; a wildcard is judged in the place of a name.
            String name = subdomains ? domain.substring(1) : domain;
            String key = new Mailbox(local.equals("*") ? "any" : local, name).domainKey();
            return new RecipientPattern(
                    local.equals("*") ? "" : local.toLowerCase(Locale.ROOT), subdomains ? "." + key : key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The property recipients must list addresses such as orders@example.org, *@example.org,"
                            + " *@.example.org or *, but it has \"" + entry.replaceAll("\\p{Cntrl}", "?") + "\".",
                    e);
        }
    }

    boolean matches(Mailbox mailbox) {
        if (domain.isEmpty()) {
            return true;
        }
        String theirs = mailbox.domainKey();
        boolean domainMatches = domain.startsWith(".") ? theirs.endsWith(domain) : theirs.equals(domain);
        return domainMatches
                && (localPart.isEmpty() || localPart.equals(mailbox.localPart().toLowerCase(Locale.ROOT)));
    }

    /** {@return whether it names the domain, so that mail for it is taken from anyone} */
    boolean namesDomain() {
        return !domain.isEmpty();
    }

    /** {@return the higher, the more specific: an address, a domain, subdomains (the longer the better), all} */
    int specificity() {
        if (!localPart.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        if (domain.isEmpty()) {
            return 0;
        }
        return domain.startsWith(".") ? domain.length() : Integer.MAX_VALUE - 1;
    }

    @Override
    public String toString() {
        return domain.isEmpty() ? "*" : (localPart.isEmpty() ? "*" : localPart) + "@" + domain;
    }
}
