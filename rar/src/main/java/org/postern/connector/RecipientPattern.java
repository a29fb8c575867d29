package org.postern.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postern.Mailbox;

/**
 * Which recipients a bean takes mail for: {@code orders@example.org}, {@code *@example.org}, {@code *@.example.org} (all
 * subdomains) or {@code *}. Compared without case, and without quotes: they change nothing of what a local part means (RFC 5321
 * section 4.1.2).
 *
 * @param localPart folded and unquoted; absent for all. An empty one is legal, {@code ""@example.org}
 * @param domain empty for all; begins with a dot for subdomains
 */
record RecipientPattern(Optional<String> localPart, String domain) {

    /** Matches everything. */
    private static final RecipientPattern ANY = new RecipientPattern(Optional.empty(), "");

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
        boolean all = local.equals("*");
        boolean subdomains = all && domain.startsWith(".");
        try {
            // The grammar of addresses judges both parts; a wildcard is judged in the place of a name.
            String name = subdomains ? domain.substring(1) : domain;
            Mailbox mailbox = new Mailbox(all ? "any" : local, name);
            String key = mailbox.domainKey();
            return new RecipientPattern(
                    all ? Optional.empty() : Optional.of(folded(mailbox)), subdomains ? "." + key : key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The property recipients must list addresses such as orders@example.org, *@example.org,"
                            + " *@.example.org or *, but it has \"" + entry.replaceAll("\\p{Cntrl}", "?") + "\".",
                    e);
        }
    }

    boolean matches(Mailbox mailbox) {
        return domain.isEmpty()
                || namesDomainOf(mailbox)
                        && (localPart.isEmpty() || localPart.get().equals(folded(mailbox)));
    }

    /** {@return whether it names a recipient, so that mail for it is taken from anyone: to match all is to name none} */
    boolean names(Mailbox mailbox) {
        return !domain.isEmpty() && matches(mailbox);
    }

    /** {@return whether it names the domain of a recipient, be it for one local part only} */
    boolean namesDomainOf(Mailbox mailbox) {
        String theirs = mailbox.domainKey();
        return domain.startsWith(".") ? theirs.endsWith(domain) : theirs.equals(domain);
    }

    /** {@return the higher, the more specific: an address, a domain, subdomains (the longer the better), all} */
    int specificity() {
        if (localPart.isPresent()) {
            return Integer.MAX_VALUE;
        }
        if (domain.isEmpty()) {
            return 0;
        }
        return domain.startsWith(".") ? domain.length() : Integer.MAX_VALUE - 1;
    }

    @Override
    public String toString() {
        return domain.isEmpty() ? "*" : localPart.orElse("*") + "@" + domain;
    }

    private static String folded(Mailbox mailbox) {
        return mailbox.unquotedLocalPart().toLowerCase(Locale.ROOT);
    }
}
