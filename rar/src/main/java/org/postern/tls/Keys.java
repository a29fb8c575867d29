package org.postern.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.X509ExtendedKeyManager;
import org.postern.certificate.Entry;

/** Base of those who give keys to an engine: keeps what has been read of the store, so that no handshake reads anything. */
abstract class Keys extends X509ExtendedKeyManager {

    private final Map<String, Entry> entries = new HashMap<>();

    Keys(Collection<Entry> entries) {
        entries.forEach(entry -> this.entries.put(entry.alias(), entry));
    }

    @Override
    public final X509Certificate[] getCertificateChain(String alias) {
        Entry entry = entries.get(alias);
        return entry == null ? null : entry.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public final PrivateKey getPrivateKey(String alias) {
        Entry entry = entries.get(alias);
        return entry == null ? null : entry.key();
    }

    @Override
    public final String[] getClientAliases(String keyType, Principal[] issuers) {
        return entries.keySet().toArray(String[]::new);
    }

    @Override
    public final String[] getServerAliases(String keyType, Principal[] issuers) {
        return entries.keySet().toArray(String[]::new);
    }

    /** Sockets are not used here, only engines. */
    @Override
    public final String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    /** Sockets are not used here, only engines. */
    @Override
    public final String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
