package org.postern.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Where chains may end, at one moment.
 *
 * @param byAlias the operator's own, by the name of the file that they are in
 */
record Anchors(Map<String, List<X509Certificate>> byAlias) {

    Anchors {
        byAlias = Collections.unmodifiableMap(new TreeMap<>(byAlias));
    }

    Anchors with(String alias, List<X509Certificate> certificates) {
        var more = new TreeMap<>(byAlias);
        more.put(alias, List.copyOf(certificates));
        return new Anchors(more);
    }

    Anchors without(String alias) {
        var fewer = new TreeMap<>(byAlias);
        fewer.remove(alias);
        return new Anchors(fewer);
    }

    /** {@return the operator's own: the only ones for client certificates} */
    Set<X509Certificate> own() {
        var all = new LinkedHashSet<X509Certificate>();
        byAlias.values().forEach(all::addAll);
        return Set.copyOf(all);
    }

    /** {@return the operator's own and the Java platform's: for servers only} */
    Set<X509Certificate> ownAndPlatform() {
        var all = new LinkedHashSet<>(own());
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    all.addAll(Set.of(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trust anchors of the Java platform cannot be read: " + e + ".", e);
        }
        return Set.copyOf(all);
    }
}
