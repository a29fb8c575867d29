package org.postern.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.postern.Credentials;
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;
import org.postern.administration.SettingValues;

/** Settings of how this side proves to the next hop of the setting {@code nextHop} who sends. */
public final class AuthSettings {

    /** Who sends. */
    public static final Setting<String> USER = new Setting<>(
            "nextHopUser",
            SettingTypes.TEXT,
            "",
            "The user that is named to the server of nextHop (RFC 4954). Empty: nobody. With a user the level ATTEMPT is taken"
                    + " for REQUIRE.");

    /** The file that the secret is in. */
    public static final Setting<String> SECRET_FILE = new Setting<>(
            "nextHopSecretFile",
            SettingTypes.TEXT,
            "",
            "A file whose first line is the password of nextHopUser, or his access token. It is read for each message, so a new"
                    + " token takes hold by itself.");

    /** What the secret is. */
    public static final Setting<Credentials.Kind> KIND = new Setting<>(
            "nextHopAuth",
            SettingTypes.choice(Credentials.Kind.class),
            Credentials.Kind.PASSWORD.name(),
            "What nextHopSecretFile holds. PASSWORD: for SCRAM-SHA-256, else PLAIN or LOGIN; TOKEN: for XOAUTH2.");

    /** Whether a server that is not verified may be given the secret itself. */
    public static final Setting<Boolean> UNVERIFIED = new Setting<>(
                    "allowUnverifiedAuth",
                    SettingTypes.FLAG,
                    "false",
                    "Whether PLAIN, LOGIN and XOAUTH2 give the secret to a server whose certificate was not verified. Whoever stands"
                            + " in between has it then.")
            .whenUnreadable("false");

    /** Whether the secret may be said in clear. */
    public static final Setting<Boolean> IN_CLEAR = new Setting<>(
                    "allowAuthInClear",
                    SettingTypes.FLAG,
                    "false",
                    "Whether somebody is named to a server without TLS, at level NONE. Whoever listens can take the secret unless the"
                            + " server has SCRAM-SHA-256; PLAIN, LOGIN and XOAUTH2 need allowUnverifiedAuth too.")
            .whenUnreadable("false");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(USER, SECRET_FILE, KIND, UNVERIFIED, IN_CLEAR);

    private AuthSettings() {}

    /**
     * Reads what is set.
     *
     * @return user and secret; empty if no user is set
     * @throws UncheckedIOException if the file cannot be read or holds nothing
     */
    static Optional<Credentials> credentials(SettingValues values) {
        String user = values.get(USER);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        try (var lines = Files.newBufferedReader(Path.of(values.get(SECRET_FILE)))) {
            String secret = lines.readLine();
            if (secret == null || secret.isBlank()) {
                throw new IOException("its first line is empty");
            }
            char[] octets = secret.strip().toCharArray();
            return Optional.of(
                    values.get(KIND) == Credentials.Kind.TOKEN
                            ? Credentials.token(user, octets)
                            : Credentials.password(user, octets));
        } catch (IOException | IllegalArgumentException e) {
            // The reason may quote the path, never what is in the file.
            throw new UncheckedIOException(new IOException("the file of the setting nextHopSecretFile cannot be used: "
                    + (e instanceof IOException ? e.getMessage() : "it holds what no secret is")));
        }
    }
}
