package org.postern.certificate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/** Makes certificates and requests in the store, and renews what was made here. Each operation says in one line what it did. */
public final class Maker {

    private final CertificateStore store;
    private final Replacement replacement;
    private final Activation activation;
    private final SelfSigned selfSigned;
    private final Clock clock;

    /**
     * Makes one.
     *
     * @param store where what is made goes
     * @param replacement puts renewed certificates in place
     * @param activation lets companions serve where the first ones do
     * @param clock tells the time
     */
    public Maker(CertificateStore store, Replacement replacement, Activation activation, Clock clock) {
        this.store = store;
        this.replacement = replacement;
        this.activation = activation;
        this.selfSigned = new SelfSigned(clock);
        this.clock = clock;
    }

    /**
     * Makes a key and a certificate that is signed by it.
     *
     * @param plan what it is to be
     * @param days how long it is to be valid
     * @return what was done
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it cannot be made
     */
    public String createSelfSigned(Plan plan, int days) {
        Duration validity = SelfSigned.days(days);
        checkUnused(plan.alias());
        Entry made = selfSigned.make(plan, validity);
        store.add(made);
        return Sentences.of("Made the self-signed certificate", made);
    }

    /**
     * Makes a key and a request for a certificate.
     *
     * @param plan what the certificate is to be
     * @return what was done
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it cannot be made
     */
    public String createRequest(Plan plan) {
        checkUnused(plan.alias());
        SigningRequest made = SigningRequest.make(plan, clock.instant());
        store.add(made);
        return "Made the request " + made + ", " + made.subject()
                + "; export it, have an authority sign it, and import the answer.";
    }

    /**
     * Makes a self-signed certificate of the same subject and names as another, with a key of another kind, for peers that
     * cannot do the first. Where the first is active as a server certificate, the companion serves beside it from now on.
     *
     * @param alias the other one; the new one's name is this and the kind of the key, as in {@code default-rsa-2048}
     * @param kind the kind of the key
     * @return what was done
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it cannot be made
     */
    public String createCompanion(String alias, KeyKind kind) {
        Entry first = store.load(alias);
        String algorithm = kind.toString().substring(0, kind.toString().indexOf('-'));
        if (KeyKind.describe(first.certificate().getPublicKey()).startsWith(algorithm)) {
            throw new IllegalArgumentException(
                    "The certificate " + alias + " has an " + algorithm
                            + " key already; a companion is for peers that cannot do that, so its key must be of the other kind.");
        }
        List<String> names = HostNames.of(first.certificate());
        X500Name subject = X500Name.getInstance(
                first.certificate().getSubjectX500Principal().getEncoded());
        String name = Alias.check(companion(alias, kind));
        Plan plan = new Plan(name, new Subject(subject), HostNames.of(names), kind);
        String done = createSelfSigned(plan, (int) SelfSigned.VALIDITY.toDays());
        return activation.isServer(alias) ? done + " " + serve(name) : done;
    }

    /** {@return whether a name is that of a certificate or of one of its companions} */
    static boolean isOrAccompanies(String name, String alias) {
        return name.equals(alias) || Stream.of(KeyKind.values()).anyMatch(kind -> name.equals(companion(alias, kind)));
    }

    private static String companion(String alias, KeyKind kind) {
        return alias + "-" + kind.toString().toLowerCase(Locale.ROOT);
    }

    /** One that cannot serve is not kept: the operation is refused as a whole. */
    private String serve(String name) {
        try {
            return activation.serveItsNames(name);
        } catch (IllegalArgumentException | IllegalStateException e) {
            store.delete(name);
            throw e;
        }
    }

    /**
     * Renews a certificate that was made here, with the same key: who has pinned the key goes on trusting it.
     *
     * @return what was done
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it cannot be renewed; then the old one
     *     goes on
     */
    String renew(Entry old) {
        Entry renewed = selfSigned.renew(old);
        replacement.replace(renewed, Optional.empty());
        String sentence = Sentences.of("Renewed with the same key the certificate", renewed);
        store.tell(Event.Kind.RENEWED, old.alias(), sentence);
        return sentence;
    }

    private void checkUnused(String alias) {
        if (store.find(alias).isPresent()) {
            throw new IllegalStateException("There is a certificate " + alias + " already.");
        }
    }
}
