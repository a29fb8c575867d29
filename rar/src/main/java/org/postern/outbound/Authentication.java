package org.postern.outbound;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.postern.Credentials;
import org.postern.MailDeliveryException;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.client.AuthenticationException;
import org.postern.smtp.client.Mechanism;

/**
 * Proves to a server who sends (RFC 4954), when it is ready otherwise. A server that is not verified gets no secret that it could
 * use itself. A refusal is temporary: what is wrong are the settings of this side, and the message is none of that.
 */
final class Authentication {

    private static final int FOR_NOW = 454;
    private static final int CHALLENGE = 334;
    private static final int MOST_CHALLENGES = 4;
    private static final String CANCEL = "*";

    private final Wire wire;
    private final Login login;
    private final Timeouts timeouts;
    private final Executor blocking;

    /**
     * Prepares.
     *
     * @param wire a connection after EHLO
     * @param login what there is to prove it with
     * @param timeouts how long to wait
     * @param blocking does what takes a while
     */
    Authentication(Wire wire, Login login, Timeouts timeouts, Executor blocking) {
        this.wire = wire;
        this.login = login;
        this.timeouts = timeouts;
        this.blocking = blocking;
    }

    /** {@return done, or MailDeliveryException} */
    CompletableFuture<Void> start() {
        if (login.credentials().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (wire.tls().isEmpty() && !login.inClear()) {
            return failed("nobody is named in clear text", "");
        }
        Credentials credentials = login.credentials().get();
        boolean isProven = wire.tls().map(TlsSession::isVerified).orElse(false) || login.unverified();
        Optional<Mechanism> mechanism;
        try {
            mechanism = Mechanism.choose(credentials, wire.features().mechanisms(), isProven);
        } catch (IllegalArgumentException e) {
            // Its message may show what of the secret it is about.
            return failed("user or password has characters that it cannot be told by SCRAM-SHA-256 (RFC 4013)", "");
        }
        if (mechanism.isEmpty()) {
            return failed(
                    isProven
                            ? "it offers no mechanism for a "
                                    + credentials.kind().name().toLowerCase(java.util.Locale.ROOT)
                            : "its certificate is not verified, and it offers no mechanism that does not give the secret away;"
                                    + " the setting allowUnverifiedAuth would allow it",
                    "");
        }
        return say(mechanism.get(), mechanism.get().command(), 0);
    }

    private CompletableFuture<Void> say(Mechanism mechanism, String line, int challenges) {
        return wire.fly(Flight.of(timeouts.command(), line)).thenCompose(replies -> {
            Reply reply = replies.get(0);
            if (reply.isPositive()) {
                return accepted(mechanism);
            }
            if (reply.code() != CHALLENGE || challenges == MOST_CHALLENGES) {
                return failed("it refused " + mechanism.name(), " (" + reply + ")");
            }
            return CompletableFuture.supplyAsync(() -> answer(mechanism, reply.text()), blocking)
                    .thenComposeAsync(answer -> say(mechanism, answer, challenges + 1), wire.loop())
                    .exceptionallyCompose(this::cancel);
        });
    }

    private CompletableFuture<Void> accepted(Mechanism mechanism) {
        try {
            mechanism.accepted();
            return CompletableFuture.completedFuture(null);
        } catch (AuthenticationException e) {
            return failed(e.getMessage(), "");
        }
    }

    private static String answer(Mechanism mechanism, String challenge) {
        try {
            return mechanism.answer(challenge);
        } catch (AuthenticationException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<Void> cancel(Throwable thrown) {
        if (!(thrown.getCause() instanceof AuthenticationException e)) {
            return CompletableFuture.failedFuture(thrown);
        }
        return CompletableFuture.supplyAsync(() -> wire.fly(Flight.of(timeouts.command(), CANCEL)), wire.loop())
                .thenCompose(replies -> replies)
                .thenCompose(replies -> failed(e.getMessage(), ""));
    }

    private CompletableFuture<Void> failed(String why, String detail) {
        String sentence = wire.target() + " was not told that "
                + login.credentials().map(Credentials::user).orElse("nobody") + " sends: " + why + detail + ".";
        return CompletableFuture.failedFuture(
                new MailDeliveryException(sentence, OwnVerdict.reply(FOR_NOW, "4.7.8", sentence), null, null));
    }
}
