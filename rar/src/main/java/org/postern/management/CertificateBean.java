package org.postern.management;

import java.time.Clock;
import java.util.List;
import org.postern.administration.Audit;
import org.postern.administration.DescribedBean;
import org.postern.certificate.Activation;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Stored;

/** The bean {@code type=Certificate,name=<alias>}. */
final class CertificateBean extends DescribedBean implements CertificateMXBean {

    private final String alias;
    private final CertificateStore store;
    private final Activation activation;
    private final Operation operation;
    private final Clock clock;

    CertificateBean(String alias, CertificateStore store, Activation activation, Audit audit, Clock clock) {
        super(CertificateMXBean.class);
        this.alias = alias;
        this.store = store;
        this.activation = activation;
        this.operation = new Operation(audit);
        this.clock = clock;
    }

    @Override
    public String activateAsServer() {
        return operation.run(() -> activation.activateAsServer(alias));
    }

    @Override
    public String deactivateAsServer() {
        return operation.run(() -> activation.deactivateAsServer(alias));
    }

    @Override
    public String activateAsClient() {
        return operation.run(() -> activation.activateAsClient(alias));
    }

    @Override
    public String deactivateAsClient() {
        return operation.run(() -> activation.deactivateAsClient(alias));
    }

    @Override
    public String exportPem() {
        return operation.ask(() -> ChainPem.write(store.load(alias).chain()));
    }

    @Override
    public String exportRequest() {
        return operation.ask(() -> store.requestOf(alias).pem());
    }

    @Override
    public String delete() {
        return operation.run(() -> activation.delete(alias));
    }

    @Override
    public String getAlias() {
        return alias;
    }

    @Override
    public String getState() {
        return view().getState();
    }

    @Override
    public String getProblem() {
        return view().getProblem();
    }

    @Override
    public String getOrigin() {
        return view().getOrigin();
    }

    @Override
    public String[] getRoles() {
        return view().getRoles();
    }

    @Override
    public String getSubject() {
        return view().getSubject();
    }

    @Override
    public String getIssuer() {
        return view().getIssuer();
    }

    @Override
    public String getSerial() {
        return view().getSerial();
    }

    @Override
    public String[] getHostNames() {
        return view().getHostNames();
    }

    @Override
    public String getValidFrom() {
        return view().getValidFrom();
    }

    @Override
    public String getValidTo() {
        return view().getValidTo();
    }

    @Override
    public long getDaysToExpiry() {
        return view().getDaysToExpiry();
    }

    @Override
    public String getKey() {
        return view().getKey();
    }

    @Override
    public String getSignatureAlgorithm() {
        return view().getSignatureAlgorithm();
    }

    @Override
    public String getFingerprint() {
        return view().getFingerprint();
    }

    @Override
    public String getKeyFingerprint() {
        return view().getKeyFingerprint();
    }

    @Override
    public String[] getChain() {
        return view().getChain();
    }

    @Override
    public String getAdded() {
        return view().getAdded();
    }

    /** One that was deleted a moment ago has nothing to show any more. */
    private CertificateView view() {
        Stored stored = store.find(alias).orElseGet(() -> new Stored.Damaged(alias, "It has been deleted."));
        List<String> roles = activation.roles(alias);
        return new CertificateView(stored, roles, clock.instant());
    }
}
