package org.postern.gateway;

import org.postern.administration.Administration;
import org.postern.administration.Health;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;

/** Tells the administrator when the address set for postmaster cannot be reached, as mail to postmaster is kept here then. */
final class PostmasterCheck implements Settings.Participant {

    static final String PROBLEM = "gateway.postmasterAddress";

    private final Administration administration;

    PostmasterCheck(Administration administration) {
        this.administration = administration;
    }

    @Override
    public Runnable prepare(SettingValues candidate) {
        Routing routing = Routing.of(candidate, administration.hostName());
        return routing.isPostmasterOutOfReach() ? this::report : this::clear;
    }

    private void report() {
        administration
                .health()
                .report(
                        PROBLEM,
                        Health.Severity.WARNING,
                        "The setting postmasterAddress names another server's address, but the setting nextHop is empty:"
                                + " mail to postmaster is kept in its own mailbox. Set nextHop, or an address of an"
                                + " accepted domain.");
    }

    private void clear() {
        administration.health().clear(PROBLEM);
    }
}
