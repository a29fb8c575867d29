package org.postern.management;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.HostNames;
import org.postern.certificate.KeyKind;
import org.postern.certificate.SigningRequest;
import org.postern.certificate.Stored;
import org.postern.certificate.Subject;

/** What there is to see of an entry of the store at one moment. */
final class CertificateView implements CertificateFacts {

    /** Far away, and still a number for a chart. */
    static final long NEVER = 99_999;

    private final Stored stored;
    private final Optional<Entry> entry;
    private final Optional<SigningRequest> request;
    private final List<String> roles;
    private final Instant now;

    CertificateView(Stored stored, List<String> roles, Instant now) {
        this.stored = stored;
        this.entry = stored instanceof Stored.Ready ready ? Optional.of(ready.entry()) : Optional.empty();
        this.request = stored instanceof Stored.Pending pending ? Optional.of(pending.request()) : Optional.empty();
        this.roles = roles;
        this.now = now;
    }

    /** {@return all that matters at a glance, on one line} */
    String summary() {
        if (stored instanceof Stored.Damaged damaged) {
            return damaged.problem();
        }
        String active = roles.isEmpty() ? "" : ", " + String.join(" and ", roles);
        String end = entry.map(ready -> ", valid to "
                        + LocalDate.ofInstant(ready.certificate().getNotAfter().toInstant(), ZoneOffset.UTC) + " ("
                        + getDaysToExpiry() + " days)")
                .orElse("");
        return getAlias() + ": " + getState() + active + ", " + getSubject() + ", " + getKey() + end;
    }

    @Override
    public String getAlias() {
        return stored.alias();
    }

    @Override
    public String getState() {
        if (entry.isPresent()) {
            return "READY";
        }
        return request.isPresent() ? "PENDING" : "DAMAGED";
    }

    @Override
    public String getProblem() {
        return stored instanceof Stored.Damaged damaged ? damaged.problem() : "";
    }

    @Override
    public String getOrigin() {
        return entry.map(ready -> ready.origin().name()).orElse(request.isPresent() ? Entry.Origin.REQUEST.name() : "");
    }

    @Override
    public String[] getRoles() {
        return roles.toArray(String[]::new);
    }

    @Override
    public String getSubject() {
        return request.map(SigningRequest::subject)
                .orElseGet(() -> of(certificate -> Subject.show(certificate.getSubjectX500Principal())));
    }

    @Override
    public String getIssuer() {
        return of(certificate -> Subject.show(certificate.getIssuerX500Principal()));
    }

    @Override
    public String getSerial() {
        return of(certificate -> certificate.getSerialNumber().toString(16));
    }

    @Override
    public String[] getHostNames() {
        return request.map(SigningRequest::hostNames)
                .or(() -> entry.map(ready -> HostNames.of(ready.certificate())))
                .orElse(List.of())
                .toArray(String[]::new);
    }

    @Override
    public String getValidFrom() {
        return of(certificate -> certificate.getNotBefore().toInstant().toString());
    }

    @Override
    public String getValidTo() {
        return of(certificate -> certificate.getNotAfter().toInstant().toString());
    }

    @Override
    public long getDaysToExpiry() {
        return entry.map(ready ->
                        Duration.between(now, ready.certificate().getNotAfter().toInstant()))
                .map(left -> Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds()))
                .orElse(NEVER);
    }

    @Override
    public String getKey() {
        return key().map(KeyKind::describe).orElse("");
    }

    @Override
    public String getSignatureAlgorithm() {
        return of(X509Certificate::getSigAlgName);
    }

    @Override
    public String getFingerprint() {
        return of(Fingerprints::of);
    }

    @Override
    public String getKeyFingerprint() {
        return key().map(Fingerprints::of).orElse("");
    }

    @Override
    public String[] getChain() {
        return entry.map(Entry::chain).orElse(List.of()).stream()
                .map(certificate -> Subject.show(certificate.getSubjectX500Principal()) + ", issued by "
                        + Subject.show(certificate.getIssuerX500Principal()) + ", valid to "
                        + certificate.getNotAfter().toInstant())
                .toArray(String[]::new);
    }

    @Override
    public String getAdded() {
        return entry.map(Entry::added)
                .or(() -> request.map(SigningRequest::added))
                .map(added -> added.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("");
    }

    private Optional<PublicKey> key() {
        return request.map(SigningRequest::publicKey)
                .or(() -> entry.map(ready -> ready.certificate().getPublicKey()));
    }

    private String of(Function<X509Certificate, String> fact) {
        return entry.map(Entry::certificate).map(fact).orElse("");
    }
}
