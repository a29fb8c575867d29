package org.postern.management;

import static org.postern.management.Operation.given;
import static org.postern.management.Operation.optional;

import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import org.postern.administration.Audit;
import org.postern.certificate.Activation;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Event;
import org.postern.certificate.Importer;
import org.postern.certificate.KeyKind;
import org.postern.certificate.Maker;
import org.postern.certificate.Plan;
import org.postern.certificate.Reload;
import org.postern.certificate.SelfSigned;
import org.postern.certificate.Stored;
import org.postern.settings.SettingsStore;

/** The bean {@code type=CertificateStore}. */
public final class CertificateStoreBean extends SettingsBean implements CertificateStoreMXBean {

    /** What the bean works with. */
    public record Tools(
            CertificateStore store,
            Maker maker,
            Importer importer,
            Activation activation,
            Reload reload,
            Clock clock) {}

    private final Tools tools;
    private final Operation operation;

    /**
     * Makes it.
     *
     * @param tools what it works with
     * @param settings the settings it shows
     * @param audit is told of changes
     * @param caller tells who calls
     */
    public CertificateStoreBean(Tools tools, SettingsStore settings, Audit audit, Supplier<String> caller) {
        super(
                CertificateStoreMXBean.class,
                new Attributes(settings)
                        .with("WatchSeconds", CertificateSettings.CERTIFICATE_WATCH)
                        .with("AcceptServerAuthAsClient", CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT),
                settings,
                caller,
                new MBeanNotificationInfo(
                        CertificateNews.TYPES,
                        Notification.class.getName(),
                        "A certificate was added, completed, renewed, activated, deactivated or deleted, or expires;"
                                + " the message says which."));
        this.tools = tools;
        this.operation = new Operation(audit);
        tools.store().observe(this::happened);
    }

    @Override
    public String[] getAliases() {
        return tools.store().aliases().toArray(String[]::new);
    }

    @Override
    public String[] getSummary() {
        return views().map(CertificateView::summary).toArray(String[]::new);
    }

    @Override
    public SortedMap<String, CertificateFacts> getTable() {
        var table = new TreeMap<String, CertificateFacts>();
        views().forEach(view -> table.put(view.getAlias(), view));
        return table;
    }

    @Override
    public String getSoonestExpiry() {
        return soonest()
                .map(view -> view.getAlias() + " at " + view.getValidTo())
                .orElse("");
    }

    @Override
    public long getDaysToExpiry() {
        return soonest().map(CertificateView::getDaysToExpiry).orElse(CertificateView.NEVER);
    }

    @Override
    public long getWatchSeconds() {
        return attributes().get(CertificateSettings.CERTIFICATE_WATCH).toSeconds();
    }

    @Override
    public void setWatchSeconds(long seconds) {
        attributes().change(CertificateSettings.CERTIFICATE_WATCH, Long.toString(seconds));
    }

    @Override
    public boolean isAcceptServerAuthAsClient() {
        return attributes().get(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT);
    }

    @Override
    public void setAcceptServerAuthAsClient(boolean accept) {
        attributes().change(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT, Boolean.toString(accept));
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String createSelfSigned(String alias, String subject, String hostNames, String key, int days) {
        return operation.run(() -> tools.maker()
                .createSelfSigned(
                        plan(alias, subject, hostNames, key), days == 0 ? (int) SelfSigned.VALIDITY.toDays() : days));
    }

    @Override
    public String createRequest(String alias, String subject, String hostNames, String key) {
        return operation.run(() -> tools.maker().createRequest(plan(alias, subject, hostNames, key)));
    }

    @Override
    public String importAnswer(String alias, String pem) {
        return operation.run(() -> tools.importer().importAnswer(given("alias", alias), given("pem", pem)));
    }

    @Override
    public String importAnswerFile(String alias, String file) {
        return operation.run(() -> tools.importer().importAnswerFile(given("alias", alias), given("file", file)));
    }

    @Override
    public String importPfx(String alias, String file, String password) {
        return operation.withPassword(
                password, secret -> tools.importer().importPfx(given("alias", alias), given("file", file), secret));
    }

    @Override
    public String importPfxText(String alias, String base64, String password) {
        return operation.withPassword(password, secret -> tools.importer()
                .importPfxText(given("alias", alias), given("base64", base64), secret));
    }

    @Override
    public String importPem(String alias, String keyPem, String chainPem, String password) {
        return operation.withPassword(password, secret -> tools.importer()
                .importPem(given("alias", alias), given("keyPem", keyPem), given("chainPem", chainPem), secret));
    }

    @Override
    public String importPemFiles(String alias, String keyFile, String chainFile, String password) {
        return operation.withPassword(password, secret -> tools.importer()
                .importPemFiles(
                        given("alias", alias), given("keyFile", keyFile), given("chainFile", chainFile), secret));
    }

    @Override
    public String createCompanion(String alias, String key) {
        return operation.run(
                () -> tools.maker().createCompanion(given("alias", alias), KeyKind.parse(given("key", key))));
    }

    @Override
    public String reload() {
        return operation.run(tools.reload()::run);
    }

    private static Plan plan(String alias, String subject, String hostNames, String key) {
        String kind = optional("key", key);
        return Plan.parse(
                given("alias", alias),
                given("subject", subject),
                given("hostNames", hostNames),
                kind.isBlank() ? KeyKind.EC_P256.toString() : kind);
    }

    private Stream<CertificateView> views() {
        return tools.store().all().stream().map(this::view);
    }

    private CertificateView view(Stored stored) {
        return new CertificateView(
                stored, tools.activation().roles(stored.alias()), tools.clock().instant());
    }

    private Optional<CertificateView> soonest() {
        return views().filter(view -> !view.getValidTo().isEmpty())
                .min(Comparator.comparing(CertificateView::getDaysToExpiry));
    }

    private void happened(Event event) {
        notifySubscribers(CertificateNews.of(event, tools.store().find(event.alias()), this, nextSequenceNumber()));
    }
}
