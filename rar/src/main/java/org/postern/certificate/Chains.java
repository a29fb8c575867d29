package org.postern.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Puts chains in order: the certificate first, then each one's issuer. */
final class Chains {

    private static final int LONGEST = 10;

    private Chains() {}

    /**
     * Finds the certificate of a key among others, and its issuers.
     *
     * @param found certificates in any order; those that do not belong to the chain are left out, and so is a root, which a
     *     peer must have itself
     * @return the chain; empty if none of them is for the key
     */
    static Optional<List<X509Certificate>> order(List<X509Certificate> found, PublicKey key) {
        return found.stream()
                .filter(certificate -> certificate.getPublicKey().equals(key))
                .max(Comparator.comparing(X509Certificate::getNotAfter))
                .map(leaf -> from(leaf, found));
    }

    /** {@return whether somebody who has the usual roots can follow a chain to one: a warning if not, empty if so} */
    static Optional<String> gap(List<X509Certificate> chain, List<X509Certificate> given) {
        X509Certificate last = chain.get(chain.size() - 1);
        boolean complete = isSelfSigned(last)
                || Stream.concat(given.stream().filter(Chains::isSelfSigned), platformRoots())
                        .anyMatch(root -> isIssuer(root, last));
        return complete
                ? Optional.empty()
                : Optional.of(
                        "the chain ends at " + Subject.show(last.getSubjectX500Principal())
                                + ", whose issuer " + Subject.show(last.getIssuerX500Principal())
                                + " came not with it and is no public root: peers cannot verify it if an intermediate is missing");
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuer(certificate, certificate);
    }

    private static List<X509Certificate> from(X509Certificate leaf, List<X509Certificate> found) {
        var chain = new ArrayList<X509Certificate>(List.of(leaf));
        while (chain.size() < LONGEST) {
            X509Certificate last = chain.get(chain.size() - 1);
            Optional<X509Certificate> issuer = found.stream()
                    .filter(other -> !chain.contains(other) && !isSelfSigned(other) && isIssuer(other, last))
                    .max(Comparator.comparing(X509Certificate::getNotAfter));
            if (isSelfSigned(last) || issuer.isEmpty()) {
                break;
            }
            chain.add(issuer.get());
        }
        return List.copyOf(chain);
    }

    private static boolean isIssuer(X509Certificate issuer, X509Certificate issued) {
        if (!issuer.getSubjectX500Principal().equals(issued.getIssuerX500Principal())) {
            return false;
        }
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            // Another one of the same name.
            return false;
        }
    }

    private static Stream<X509Certificate> platformRoots() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()));
        } catch (GeneralSecurityException e) {
            // Without them there is one warning more.
            return Stream.empty();
        }
    }
}
