package org.postern.connector;

import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.security.PasswordCredential;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Subject;
import org.postern.Credentials;
import org.postern.NextHop;

/**
 * What an application asked for: all that a pool may tell connections apart by.
 *
 * @param nextHop the server
 * @param credentials on whose behalf; empty for what is set
 */
record ConnectionRequest(NextHop nextHop, Optional<Credentials> credentials) implements ConnectionRequestInfo {

    ConnectionRequest {
        Objects.requireNonNull(nextHop, "nextHop");
        Objects.requireNonNull(credentials, "credentials");
    }

    ConnectionRequest(NextHop nextHop) {
        this(nextHop, Optional.empty());
    }

    /**
     * {@return this, with the user that the container signs on, where the application gave none (Jakarta Connectors 9.1.9)}
     *
     * @param subject whom the container signs on; null for nobody
     * @param factory whose user it must be, as a subject can hold those of others
     */
    ConnectionRequest signedOn(Subject subject, ManagedConnectionFactory factory) {
        if (subject == null || credentials.isPresent()) {
            return this;
        }
        return subject.getPrivateCredentials(PasswordCredential.class).stream()
                .filter(found -> factory.equals(found.getManagedConnectionFactory()))
                .filter(found ->
                        found.getUserName() != null && !found.getUserName().isEmpty())
                .filter(found -> found.getPassword() != null && found.getPassword().length > 0)
                .findFirst()
                .map(found -> new ConnectionRequest(
                        nextHop, Optional.of(Credentials.password(found.getUserName(), found.getPassword()))))
                .orElse(this);
    }
}
