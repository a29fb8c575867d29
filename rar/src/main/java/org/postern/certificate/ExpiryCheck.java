package org.postern.certificate;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;

/**
 * Tells in time of certificates that will end, once at each threshold, and renews the one that the first start has made, with its companions. To be
 * run now and then; every hour is often enough.
 */
public final class ExpiryCheck {

    private static final System.Logger LOG = System.getLogger(ExpiryCheck.class.getName());

    private final CertificateStore store;
    private final Replacement replacement;
    private final Activation activation;
    private final Maker maker;
    private final Health health;
    private final Clock clock;
    private final Set<String> reported = new HashSet<>();

    /**
     * Makes one.
     *
     * @param store where certificates are
     * @param replacement sees to it that none is replaced meanwhile
     * @param activation knows which are shown
     * @param maker renews
     * @param health where it is reported if a certificate that is shown ends soon
     * @param clock tells the time
     */
    public ExpiryCheck(
            CertificateStore store,
            Replacement replacement,
            Activation activation,
            Maker maker,
            Health health,
            Clock clock) {
        this.store = store;
        this.replacement = replacement;
        this.activation = activation;
        this.maker = maker;
        this.health = health;
        this.clock = clock;
    }

    /** Looks at all certificates. */
    public synchronized void run() {
        var aliases = new TreeSet<>(store.aliases());
        // A certificate that was deleted is no problem any more.
        aliases.addAll(reported);
        for (String alias : aliases) {
            replacement.alone(() -> look(alias));
        }
    }

    private void look(String alias) {
        if (!(store.find(alias).orElse(null) instanceof Stored.Ready ready)) {
            clear(alias);
            return;
        }
        Duration left = left(ready.entry());
        Optional<Duration> passed = Thresholds.of(ready.entry().certificate()).passed(left);
        if (passed.isEmpty() || renewed(ready)) {
            clear(alias);
            return;
        }
        report(ready.entry(), left);
        if (isNews(ready, passed.get())) {
            tell(ready, passed.get(), left);
        }
    }

    private boolean renewed(Stored.Ready ready) {
        boolean ours = Maker.isOrAccompanies(ready.alias(), Alias.DEFAULT)
                && ready.entry().origin() == Entry.Origin.SELF_SIGNED;
        if (!ours) {
            return false;
        }
        try {
            maker.renew(ready.entry());
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The certificate " + ready.alias() + " could not be renewed; the old one goes on. "
                            + e.getMessage());
            return false;
        }
    }

    private boolean isNews(Stored.Ready ready, Duration threshold) {
        return ready.told()
                .filter(told ->
                        told.fingerprint().equals(Fingerprints.of(ready.entry().certificate())))
                .filter(told -> told.threshold().compareTo(threshold) <= 0)
                .isEmpty();
    }

    /** Remembered first: a warning that was told twice is worse than one that a failing machine has swallowed. */
    private void tell(Stored.Ready ready, Duration threshold, Duration left) {
        var told = new Stored.Told(Fingerprints.of(ready.entry().certificate()), threshold);
        try {
            store.told(ready, told);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "It could not be written that the end of " + ready.alias() + " was told of; it will be told again"
                            + " after the next start.",
                    e);
        }
        boolean expired = threshold.isZero();
        store.tell(expired ? Event.Kind.EXPIRED : Event.Kind.EXPIRING, ready.alias(), sentence(ready.entry(), left));
    }

    private void report(Entry entry, Duration left) {
        if (activation.roles(entry.alias()).isEmpty()) {
            clear(entry.alias());
        } else {
            reported.add(entry.alias());
            health.report(
                    key(entry.alias()), Severity.WARNING, sentence(entry, left) + " Renew it, or activate another.");
        }
    }

    private void clear(String alias) {
        if (reported.remove(alias)) {
            health.clear(key(alias));
        }
    }

    private static String sentence(Entry entry, Duration left) {
        String end = entry.certificate().getNotAfter().toInstant().toString();
        return left.isNegative() || left.isZero()
                ? "The certificate " + entry + " has expired at " + end + "."
                : "The certificate " + entry + " expires at " + end + ", in " + left.toDays() + " days.";
    }

    private Duration left(Entry entry) {
        return Duration.between(
                clock.instant(), entry.certificate().getNotAfter().toInstant());
    }

    private static String key(String alias) {
        return "certificate expiry " + alias;
    }
}
