package org.postern.gateway;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postern.Mailbox;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/**
 * Which mailboxes exist.
 *
 * @param localParts those that exist in every local domain
 * @param addresses those that exist in one
 */
record LocalRecipients(Set<String> localParts, Set<MailboxKey> addresses) {

    private static final String ANY_DOMAIN = "localhost";

    private static final SettingType<String> ENTRY = new SettingType<>(
            "a local part such as joe, or an address such as joe@example.org", LocalRecipients::check);

    private static final SettingType<List<String>> ENTRIES = SettingTypes.listOf(ENTRY);

    /** Read from a list; the empty one stands for every mailbox. */
    static final SettingType<LocalRecipients> TYPE =
            new SettingType<>(ENTRIES.legal(), text -> of(ENTRIES.reader().apply(text)));

    /** {@return whether there is such a mailbox} */
    boolean contains(MailboxKey mailbox) {
        boolean any = localParts.isEmpty() && addresses.isEmpty();
        return any || localParts.contains(mailbox.localPart()) || addresses.contains(mailbox);
    }

    private static LocalRecipients of(List<String> entries) {
        var localParts = entries.stream()
                .filter(entry -> !isAddress(entry))
                .map(entry -> MailboxKey.of(asMailbox(entry)).localPart());
        var addresses =
                entries.stream().filter(LocalRecipients::isAddress).map(entry -> MailboxKey.of(asMailbox(entry)));
        return new LocalRecipients(
                localParts.collect(Collectors.toUnmodifiableSet()), addresses.collect(Collectors.toUnmodifiableSet()));
    }

    private static String check(String entry) {
        asMailbox(entry);
        return entry;
    }

    private static Mailbox asMailbox(String entry) {
        return isAddress(entry) ? Mailbox.parse(entry) : new Mailbox(entry, ANY_DOMAIN);
    }

    /** A quoted local part may hold an @ of its own. */
    private static boolean isAddress(String entry) {
        return entry.lastIndexOf('@') > entry.lastIndexOf('"');
    }
}
