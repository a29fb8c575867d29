package org.postern.management;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import org.postern.administration.Audit;
import org.postern.certificate.Fingerprints;
import org.postern.settings.SettingsStore;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustStore;

/** The bean {@code type=TrustStore}. */
public final class TrustStoreBean extends SettingsBean implements TrustStoreMXBean {

    private static final String CHANGED = "org.postern.trust.changed";

    /** What JConsole puts into each field of text; never a value that somebody meant. */
    private static final String PLACEHOLDER = "String";

    private static final int LONGEST_NAME = 120;

    private final TrustStore store;
    private final Audit audit;
    private final Supplier<String> caller;

    /**
     * Makes it.
     *
     * @param store the trust anchors
     * @param settings the settings it shows
     * @param audit is told of changes
     * @param caller tells who calls
     */
    public TrustStoreBean(TrustStore store, SettingsStore settings, Audit audit, Supplier<String> caller) {
        super(
                TrustStoreMXBean.class,
                new Attributes(settings).with("UseSystemCertificates", TlsSettings.USE_SYSTEM_CERTIFICATES),
                settings,
                caller,
                new MBeanNotificationInfo(
                        new String[] {CHANGED},
                        Notification.class.getName(),
                        "Trust anchors were added, replaced or taken out; the message says which and by whom."));
        this.store = store;
        this.audit = audit;
        this.caller = caller;
    }

    @Override
    public String[] getOverview() {
        return store.anchors().entrySet().stream()
                .flatMap(TrustStoreBean::lines)
                .toArray(String[]::new);
    }

    @Override
    public String[] getAliases() {
        return store.anchors().keySet().toArray(String[]::new);
    }

    @Override
    public int getCount() {
        return store.anchors().values().stream().mapToInt(Collection::size).sum();
    }

    @Override
    public boolean isUseSystemCertificates() {
        return attributes().get(TlsSettings.USE_SYSTEM_CERTIFICATES);
    }

    @Override
    public void setUseSystemCertificates(boolean use) {
        attributes().change(TlsSettings.USE_SYSTEM_CERTIFICATES, Boolean.toString(use));
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String add(String alias, String pem) {
        check("alias", alias);
        check("pem", pem);
        return put(alias, () -> store.add(alias, pem));
    }

    @Override
    public String addFromFile(String alias, String file) {
        check("alias", alias);
        check("file", file);
        return put(alias, () -> store.addFile(alias, path(file)));
    }

    @Override
    public String remove(String alias) {
        check("alias", alias);
        Attributes.carryOut(() -> store.remove(alias));
        return tell("removed the trust anchors " + alias);
    }

    @Override
    public String resetToConfigured() {
        return attributes().reset();
    }

    private String put(String alias, Supplier<List<X509Certificate>> addition) {
        boolean there = store.anchors().containsKey(alias);
        var added = new ArrayList<X509Certificate>();
        Attributes.carryOut(() -> added.addAll(addition.get()));
        return tell((there ? "replaced" : "added") + " the trust anchors " + alias + ": "
                + added.stream()
                        .map(certificate -> name(certificate) + " " + Fingerprints.of(certificate))
                        .collect(Collectors.joining("; ")));
    }

    private String tell(String what) {
        audit.record(what);
        long now = System.currentTimeMillis();
        notifySubscribers(new Notification(CHANGED, this, nextSequenceNumber(), now, caller.get() + ": " + what));
        return what;
    }

    private static void check(String parameter, String value) {
        if (value == null || value.trim().isEmpty() || value.equals(PLACEHOLDER)) {
            throw new IllegalArgumentException("A value must be given for " + parameter + "." + Attributes.UNCHANGED);
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file.trim());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The path of the file is not legal: " + e.getReason() + ".", e);
        }
    }

    private static Stream<String> lines(Map.Entry<String, List<X509Certificate>> anchors) {
        return anchors.getValue().stream()
                .map(certificate -> anchors.getKey() + ": " + name(certificate) + ", valid to "
                        + certificate.getNotAfter().toInstant() + ", SHA-256 " + Fingerprints.of(certificate));
    }

    private static String name(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", "?");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }
}
