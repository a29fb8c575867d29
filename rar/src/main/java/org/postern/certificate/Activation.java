package org.postern.certificate;

import static org.postern.certificate.CertificateSettings.ACTIVE_CLIENT_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.ACTIVE_SERVER_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.SERVER_CERTIFICATES;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postern.settings.SettingsStore;

/**
 * Which certificates are shown in which role. That is a matter of settings; these operations change them together, and keep
 * certificates that are shown from being deleted. Each says in one line what it did.
 */
public final class Activation {

    private final CertificateStore store;
    private final SettingsStore settings;
    private final ClientUses uses;

    /**
     * Makes one.
     *
     * @param store where certificates are
     * @param settings where it is kept which are active
     * @param uses who shows certificates to servers beside the active one
     */
    public Activation(CertificateStore store, SettingsStore settings, ClientUses uses) {
        this.store = store;
        this.settings = settings;
        this.uses = uses;
    }

    /**
     * Makes a certificate the one that is shown to those who name no host or one that is not known. The former one goes on
     * serving its own names.
     *
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it is refused
     */
    public synchronized String activateAsServer(String alias) {
        Entry entry = store.load(alias);
        Set<String> others = new LinkedHashSet<>(settings.get(SERVER_CERTIFICATES));
        settings.get(ACTIVE_SERVER_CERTIFICATE).filter(this::isReady).ifPresent(others::add);
        others.remove(alias);
        settings.change(Map.of(ACTIVE_SERVER_CERTIFICATE, alias, SERVER_CERTIFICATES, String.join(",", others)));
        String sentence = Sentences.of("Activated as the default server certificate", entry);
        store.tell(Event.Kind.ACTIVATED, alias, sentence);
        return sentence;
    }

    /** Lets a certificate serve its own names beside the default. */
    synchronized String serveItsNames(String alias) {
        Entry entry = store.load(alias);
        Set<String> others = new LinkedHashSet<>(settings.get(SERVER_CERTIFICATES));
        others.add(alias);
        settings.change(SERVER_CERTIFICATES, String.join(",", others));
        String sentence = Sentences.of("Activated as a server certificate for its names", entry);
        store.tell(Event.Kind.ACTIVATED, alias, sentence);
        return sentence;
    }

    boolean isServer(String alias) {
        return ActivationRule.serverAliases(settings).contains(alias);
    }

    /**
     * Ends that a certificate serves its own names.
     *
     * @throws IllegalStateException with a full sentence, if it is the default or does not serve
     */
    public synchronized String deactivateAsServer(String alias) {
        if (settings.get(ACTIVE_SERVER_CERTIFICATE).equals(Optional.of(alias))) {
            throw new IllegalStateException("The certificate " + alias
                    + " is the default server certificate, which can only be handed over by activating another.");
        }
        List<String> others = new ArrayList<>(settings.get(SERVER_CERTIFICATES));
        if (!others.remove(alias)) {
            throw new IllegalStateException("The certificate " + alias + " is not active as a server certificate.");
        }
        settings.change(SERVER_CERTIFICATES, String.join(",", others));
        return deactivated(alias, Role.SERVER);
    }

    /**
     * Makes a certificate the one that is shown when a server asks for one.
     *
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it is refused
     */
    public synchronized String activateAsClient(String alias) {
        Entry entry = store.load(alias);
        settings.change(ACTIVE_CLIENT_CERTIFICATE, alias);
        String sentence = Sentences.of("Activated as the client certificate", entry);
        store.tell(Event.Kind.ACTIVATED, alias, sentence);
        return sentence;
    }

    /**
     * Ends that a certificate is shown to servers that ask.
     *
     * @throws IllegalStateException with a full sentence, if it is not
     */
    public synchronized String deactivateAsClient(String alias) {
        if (!settings.get(ACTIVE_CLIENT_CERTIFICATE).equals(Optional.of(alias))) {
            throw new IllegalStateException("The certificate " + alias + " is not the active client certificate.");
        }
        settings.change(ACTIVE_CLIENT_CERTIFICATE, "");
        return deactivated(alias, Role.CLIENT);
    }

    /**
     * Takes a certificate out of the store, with its key.
     *
     * @throws IllegalStateException with a full sentence, if it is active in a role or used by a policy, or cannot be deleted
     */
    public synchronized String delete(String alias) {
        if (store.find(alias).isEmpty()) {
            throw new IllegalStateException("There is no certificate " + alias + ".");
        }
        // Nobody can begin to use it meanwhile.
        settings.exclusively(values -> {
            List<String> roles = roles(alias);
            if (!roles.isEmpty()) {
                throw new IllegalStateException("The certificate " + alias + " cannot be deleted while it is active as "
                        + String.join(" and ", roles)
                        + "; activate another, deactivate it, or take it out of the policies first.");
            }
            store.delete(alias);
        });
        return "Deleted the certificate " + alias + " with its private key.";
    }

    /** {@return what a certificate is active as, in words, that of policies too; empty for one that is not} */
    public List<String> roles(String alias) {
        var roles = new ArrayList<String>();
        if (settings.get(ACTIVE_SERVER_CERTIFICATE).equals(Optional.of(alias))) {
            roles.add("default server certificate");
        } else if (settings.get(SERVER_CERTIFICATES).contains(alias)) {
            roles.add("server certificate for its names");
        }
        if (settings.get(ACTIVE_CLIENT_CERTIFICATE).equals(Optional.of(alias))) {
            roles.add("client certificate");
        }
        uses.of(settings).forEach((use, used) -> {
            if (used.equals(alias)) {
                roles.add(use);
            }
        });
        return roles;
    }

    private boolean isReady(String alias) {
        return store.find(alias).orElse(null) instanceof Stored.Ready;
    }

    private String deactivated(String alias, Role role) {
        String sentence = "The certificate " + alias + " is no longer active as a " + role + " certificate.";
        store.tell(Event.Kind.DEACTIVATED, alias, sentence);
        return sentence;
    }
}
