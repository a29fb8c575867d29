package org.postern.certificate;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;

/**
 * Takes up what was put into the store's folder by hand or by another program, such as an ACME client, after the same checks
 * and the same proof as an import. What does not pass is told of by name, and what was there goes on.
 */
public final class Reload {

    private final CertificateStore store;
    private final Replacement replacement;
    private final Activation activation;
    private final Inspection inspection;
    private final Health health;

    /**
     * Makes one.
     *
     * @param store where certificates are
     * @param replacement puts what has changed in place
     * @param activation knows which are shown
     * @param health where it is reported what cannot be taken up
     * @param clock tells the time
     */
    public Reload(CertificateStore store, Replacement replacement, Activation activation, Health health, Clock clock) {
        this.store = store;
        this.replacement = replacement;
        this.activation = activation;
        this.inspection = new Inspection(clock);
        this.health = health;
    }

    /** Reports what could not be read when the store was opened. */
    public void reportDamaged() {
        for (Stored stored : store.all()) {
            if (stored instanceof Stored.Damaged damaged) {
                report(damaged.alias(), damaged.problem());
            }
        }
    }

    /** {@return what was done, on one line} */
    public String run() {
        var done = new ArrayList<String>();
        replacement.alone(() -> compare(done));
        return done.isEmpty() ? "The folder has nothing new." : String.join(" ", done);
    }

    private void compare(List<String> done) {
        List<String> before = store.aliases();
        SortedMap<String, Stored> found = store.readAll();
        var aliases = new TreeSet<>(before);
        aliases.addAll(found.keySet());
        for (String alias : aliases) {
            Optional<Stored> held = store.find(alias);
            // What was added or deleted meanwhile was so by an operation that has seen to all of it.
            if (held.isPresent() == before.contains(alias)) {
                compare(alias, held, found).ifPresent(done::add);
            }
        }
    }

    private Optional<String> compare(String alias, Optional<Stored> held, Map<String, Stored> all) {
        Stored found = all.get(alias);
        if (found == null) {
            return gone(alias);
        }
        if (found instanceof Stored.Ready ready) {
            return ready(ready, held);
        }
        if (held.isPresent() && held.get() instanceof Stored.Ready) {
            String problem = found instanceof Stored.Damaged damaged
                    ? damaged.problem()
                    : "The file chain.pem of the certificate " + alias + " is gone.";
            return Optional.of(report(alias, problem + " What was read before goes on until the next start."));
        }
        store.hold(found);
        return found instanceof Stored.Damaged damaged
                ? Optional.of(report(alias, damaged.problem()))
                : Optional.empty();
    }

    private Optional<String> ready(Stored.Ready found, Optional<Stored> held) {
        String alias = found.alias();
        boolean same = held.orElse(null) instanceof Stored.Ready before
                && before.entry().equals(found.entry());
        if (same) {
            health.clear(key(alias));
            return Optional.empty();
        }
        try {
            X509Certificate certificate = found.entry().certificate();
            inspection.check(certificate);
            replacement.takeUp(found);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.of(report(
                    alias,
                    "The files of the certificate " + alias + " have changed, but are not taken up. "
                            + e.getMessage()));
        }
        health.clear(key(alias));
        boolean isNew = held.isEmpty();
        String sentence = Sentences.of(isNew ? "Found the certificate" : "Took up the changed files of", found.entry());
        store.tell(isNew ? Event.Kind.ADDED : Event.Kind.RENEWED, alias, sentence);
        return Optional.of(sentence);
    }

    private Optional<String> gone(String alias) {
        if (!activation.roles(alias).isEmpty()) {
            return Optional.of(report(
                    alias,
                    "The folder of the certificate " + alias + " is gone, but it is active as "
                            + String.join(" and ", activation.roles(alias))
                            + "; it goes on until the next start. Put it back, or activate another."));
        }
        store.forget(alias);
        health.clear(key(alias));
        String sentence = "The folder of the certificate " + alias + " is gone, and so is the certificate.";
        store.tell(Event.Kind.DELETED, alias, sentence);
        return Optional.of(sentence);
    }

    private String report(String alias, String sentence) {
        health.report(key(alias), Severity.WARNING, sentence);
        return sentence;
    }

    private static String key(String alias) {
        return "certificate " + alias;
    }
}
