package org.postern.gateway;

import java.util.List;
import java.util.Optional;
import org.postern.Mailbox;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** The settings of the gateway. They are read for each message, so a change holds from the next one on. */
public final class GatewaySettings {

    /** Which local mailboxes exist; empty: any. {@code postmaster} always does (RFC 5321 section 4.5.1). */
    static final Setting<LocalRecipients> LOCAL_RECIPIENTS = new Setting<>(
            "localRecipients",
            LocalRecipients.TYPE,
            "",
            "The mailboxes that exist: local parts (in every local domain) and full addresses, compared without case."
                    + " Others are answered 550 5.1.1. Empty: any; postmaster always exists.");

    /** Who gets mail to {@code postmaster} of the local domains; empty: a mailbox of that name. */
    public static final Setting<Optional<Mailbox>> POSTMASTER_ADDRESS = new Setting<>(
            "postmasterAddress",
            SettingTypes.optional(new SettingType<>("an address such as admin@example.org", Mailbox::parse)),
            "",
            "The address that mail to postmaster of every local domain goes to. Empty: to a mailbox named postmaster.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(LOCAL_RECIPIENTS, POSTMASTER_ADDRESS);

    private GatewaySettings() {}
}
