package org.postern.smtp.client;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postern.Credentials;

/** One way to prove to a server who sends (RFC 4954). Holds the state of one dialogue. */
public abstract class Mechanism {

    private final String name;

    Mechanism(String name) {
        this.name = name;
    }

    /**
     * Chooses the best of what a server offers.
     *
     * @param credentials what there is to prove it with
     * @param offered what the server offers, in upper case
     * @param isServerProven whether the server may be given the secret itself
     * @return the mechanism; empty if there is none that may be used
     */
    public static Optional<Mechanism> choose(Credentials credentials, Set<String> offered, boolean isServerProven) {
        boolean hasPassword = credentials.kind() == Credentials.Kind.PASSWORD;
        if (hasPassword && offered.contains(ScramMechanism.NAME)) {
            return Optional.of(new ScramMechanism(credentials));
        }
        if (!isServerProven) {
            return Optional.empty();
        }
        List<String> giving = hasPassword ? List.of("PLAIN", "LOGIN") : List.of("XOAUTH2");
        return giving.stream().filter(offered::contains).findFirst().map(name -> new Giving(name, credentials));
    }

    /** {@return its name} */
    public final String name() {
        return name;
    }

    /** {@return the command that begins, with what is said at once} */
    public final String command() {
        String initial = initial();
        return "AUTH " + name + (initial.isEmpty() ? "" : " " + encode(initial));
    }

    /**
     * Answers a challenge. Can take a while: not for event loops.
     *
     * @param challenge the text of the server's 334
     * @return the line to send
     * @throws AuthenticationException if the server does not prove itself, or makes no sense
     */
    public final String answer(String challenge) throws AuthenticationException {
        try {
            String decoded = new String(Base64.getDecoder().decode(challenge.trim()), StandardCharsets.UTF_8);
            return encode(respond(decoded));
        } catch (IllegalArgumentException e) {
            throw new AuthenticationException("its challenge could not be read");
        }
    }

    /**
     * The server says that all is well.
     *
     * @throws AuthenticationException if it has not proven itself where it should have
     */
    public void accepted() throws AuthenticationException {
        // Nothing is to be proven by those that are given the secret itself.
    }

    abstract String initial();

    abstract String respond(String challenge) throws AuthenticationException;

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Those that give the secret itself: PLAIN (RFC 4616), LOGIN, XOAUTH2. */
    private static final class Giving extends Mechanism {

        private final Credentials credentials;
        private int challenges;

        Giving(String name, Credentials credentials) {
            super(name);
            this.credentials = credentials;
        }

        @Override
        String initial() {
            CharBuffer secret = CharBuffer.wrap(credentials.secret());
            return switch (name()) {
                case "PLAIN" -> "\0" + credentials.user() + "\0" + secret;
                case "XOAUTH2" -> "user=" + credentials.user() + "\1auth=Bearer " + secret + "\1\1";
                default -> "";
            };
        }

        /** LOGIN asks for user and password, in whatever words; a challenge of XOAUTH2 tells why it failed. */
        @Override
        String respond(String challenge) throws AuthenticationException {
            challenges++;
            if (name().equals("LOGIN") && challenges <= 2) {
                return challenges == 1
                        ? credentials.user()
                        : CharBuffer.wrap(credentials.secret()).toString();
            }
            if (name().equals("XOAUTH2") && challenges == 1) {
                return "";
            }
            throw new AuthenticationException("it asks for more than " + name() + " has");
        }
    }
}
