package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Credentials;
import org.postern.NextHop;
import org.postern.outbound.TestClients;
import org.postern.outbound.TestTls;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** On whose behalf a connection of the pool is. */
class SignOnTest {

    private static final NextHop HOP = NextHop.of("mx.example.org", 25);
    private static final Credentials JOE = Credentials.password("joe", "pencil".toCharArray());

    @AutoClose
    private static final TestClients clients = new TestClients();

    @AutoClose
    private static TestTls tls;

    private static ClientTls inClear;

    private MailManagedConnectionFactory factory;

    @BeforeAll
    static void start(@TempDir Path folder) {
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
    }

    @BeforeEach
    void makeFactory() throws Exception {
        factory = new MailManagedConnectionFactory();
        factory.setResourceAdapter(new TestAdapter(clients.client(() -> inClear)));
    }

    @Test
    void connectionOfAnotherUserShouldNotMatch() throws Exception {
        ManagedConnection ofJoe = factory.createManagedConnection(null, request(Optional.of(JOE)));
        ManagedConnection ofNobody = factory.createManagedConnection(null, request(Optional.empty()));
        Set<ManagedConnection> all = Set.of(ofJoe, ofNobody);
        assertThat(factory.matchManagedConnections(all, null, request(Optional.of(JOE))))
                .isSameAs(ofJoe);
        assertThat(factory.matchManagedConnections(all, null, request(Optional.empty())))
                .isSameAs(ofNobody);
        Credentials changed = Credentials.password("joe", "pen".toCharArray());
        assertThat(factory.matchManagedConnections(all, null, request(Optional.of(changed))))
                .isNull();
        assertThat(request(Optional.of(JOE)))
                .isEqualTo(request(Optional.of(Credentials.password("joe", "pencil".toCharArray()))))
                .hasSameHashCodeAs(request(Optional.of(changed)))
                .asString()
                .doesNotContain("pencil");
    }

    @Test
    void userWhomTheContainerSignsOnShouldCountWhereTheApplicationNamesNone() throws Exception {
        Subject subject = subject("joe", "pencil", factory);
        assertThat(request(Optional.empty()).signedOn(subject, factory).credentials())
                .contains(JOE);
        Credentials own = Credentials.password("ann", "x".toCharArray());
        assertThat(request(Optional.of(own)).signedOn(subject, factory).credentials())
                .contains(own);
        assertThat(request(Optional.empty()).signedOn(null, factory).credentials())
                .isEmpty();
        assertThat(request(Optional.empty())
                        .signedOn(subject("", "", factory), factory)
                        .credentials())
                .as("what a container gives where nothing is set")
                .isEmpty();
        var other = new MailManagedConnectionFactory();
        assertThat(request(Optional.empty())
                        .signedOn(subject("joe", "pencil", other), factory)
                        .credentials())
                .as("another factory's")
                .isEmpty();
        ManagedConnection signedOn = factory.createManagedConnection(subject, request(Optional.empty()));
        assertThat(signedOn.getConnection(subject, request(Optional.empty()))).isNotNull();
        assertThat(factory.matchManagedConnections(Set.of(signedOn), null, request(Optional.of(JOE))))
                .isSameAs(signedOn);
    }

    private static ConnectionRequest request(Optional<Credentials> credentials) {
        return new ConnectionRequest(HOP, credentials);
    }

    private static Subject subject(String user, String password, ManagedConnectionFactory owner) {
        var credential = new PasswordCredential(user, password.toCharArray());
        credential.setManagedConnectionFactory(owner);
        var subject = new Subject();
        subject.getPrivateCredentials().add(credential);
        return subject;
    }
}
