package org.postern.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;

/** Who does the cryptography of TLS. */
public enum Engine {
    /** BoringSSL, where its native part loads: a third of the work of a handshake, and post-quantum key exchange. */
    BORINGSSL(SslProvider.OPENSSL_REFCNT),
    /** The engine of the Java platform. */
    JDK(SslProvider.JDK);

    /** By BoringSSL's names, the best first. */
    static final List<String> CLASSIC_GROUPS = List.of("X25519", "P-256", "P-384");

    /** It withstands a later quantum computer (draft-ietf-tls-ecdhe-mlkem); peers without it take the next. */
    private static final String HYBRID_GROUP = "X25519MLKEM768";

    private final SslProvider provider;

    Engine(SslProvider provider) {
        this.provider = provider;
    }

    /** {@return BoringSSL where it loads, else the Java platform's} */
    public static Engine best() {
        return OpenSsl.isAvailable() ? BORINGSSL : JDK;
    }

    /** {@return whether it has key exchange that withstands a quantum computer} */
    public boolean hasHybrid() {
        return this == BORINGSSL;
    }

    /** {@return the name for people: {@code BoringSSL}, {@code JDK 17.0.15}} */
    @Override
    public String toString() {
        return this == BORINGSSL ? OpenSsl.versionString() : "JDK " + System.getProperty("java.version");
    }

    SslContextBuilder configure(SslContextBuilder builder, boolean hybrid) {
        builder.sslProvider(provider);
        return hasHybrid() ? builder.option(OpenSslContextOption.GROUPS, groups(hybrid)) : builder;
    }

    private static String[] groups(boolean hybrid) {
        return Stream.concat(hybrid ? Stream.of(HYBRID_GROUP) : Stream.of(), CLASSIC_GROUPS.stream())
                .toArray(String[]::new);
    }

    /** {@return what gives a context its keys, so that each is parsed once and not in every handshake} */
    KeyManagerFactory keyManagers(Keys keys) {
        var factory = new KeyManagers(keys);
        return this == BORINGSSL ? new OpenSslCachingX509KeyManagerFactory(factory) : factory;
    }

    /** {@return keys for a server's context, which for BoringSSL are outside the heap and have to be closed} */
    ServerKeys serverKeys(ServerCertificates certificates) {
        return this == BORINGSSL ? new CredentialKeys(certificates) : new ServerKeys(certificates);
    }

    /** Netty has tickets off for TLS 1.2. Without keys of ours BoringSSL makes its own and changes them every other day. */
    void allowTickets(SslContext context) {
        if (context instanceof ReferenceCountedOpenSslContext boringSsl) {
            boringSsl.sessionContext().setTicketKeys();
        }
    }

    /** Gives what it was made with. */
    private static final class KeyManagers extends SimpleKeyManagerFactory {
        private final Keys keys;

        KeyManagers(Keys keys) {
            this.keys = keys;
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {
            // There is nothing to be read.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            // There is nothing to be read.
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
