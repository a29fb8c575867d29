package org.postern.tls;

import java.security.Principal;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.postern.certificate.Entry;

/**
 * Shows the active client certificate to each server that asks for one. Which authorities the server names does not matter:
 * those that only ask go on without, and those that demand one fail without.
 */
final class ClientKeys extends Keys {

    private final Entry entry;

    ClientKeys(Entry entry) {
        super(List.of(entry));
        this.entry = entry;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return List.of(keyTypes).contains(ServerCertificates.algorithm(entry)) ? entry.alias() : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return null;
    }
}
