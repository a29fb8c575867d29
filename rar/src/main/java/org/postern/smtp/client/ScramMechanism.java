package org.postern.smtp.client;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.util.List;
import org.postern.Credentials;

/**
 * SCRAM-SHA-256 (RFC 7677): the password itself is never said, and the server proves that it knows it too. So it may be used with
 * a server whose certificate is not checked.
 */
final class ScramMechanism extends Mechanism {

    static final String NAME = "SCRAM-SHA-256";

    /** A server that asks for more rounds wants this side to be busy. Common are 4,096 to 600,000. */
    private static final int MOST_ROUNDS = 1_000_000;

    private final ScramClient client;
    private boolean answered;
    private boolean proven;

    ScramMechanism(Credentials credentials) {
        super(NAME);
        client = ScramClient.builder()
                .advertisedMechanisms(List.of(NAME))
                .username(credentials.user())
                .password(credentials.secret())
                .build();
    }

    @Override
    String initial() {
        return client.clientFirstMessage().toString();
    }

    @Override
    String respond(String challenge) throws AuthenticationException {
        try {
            if (!answered) {
                answered = true;
                if (client.serverFirstMessage(challenge).getIterationCount() > MOST_ROUNDS) {
                    throw new AuthenticationException("it asks for more than " + MOST_ROUNDS + " rounds");
                }
                return client.clientFinalMessage().toString();
            }
            client.serverFinalMessage(challenge);
            proven = true;
            return "";
        } catch (ScramException | IllegalStateException e) {
            throw new AuthenticationException("it does not know the password either, or makes no sense");
        }
    }

    @Override
    public void accepted() throws AuthenticationException {
        if (!proven) {
            throw new AuthenticationException("it accepts without having proven that it knows the password");
        }
    }
}
