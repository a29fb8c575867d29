package org.postern.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.postern.certificate.Alias;
import org.postern.certificate.ChainPem;

/**
 * The operator's own trust anchors, changed while mail goes on. A change is proven by handshakes, written to the disk, and then
 * in force from the next session on; sessions under way are not touched, and none from before is resumed.
 */
public final class TrustStore {

    /** A bundle of all public authorities has a quarter of this. */
    private static final int MOST_OCTETS = 1 << 20;

    private final Roles roles;
    private final TrustFolder folder;
    private final Clock clock;

    /**
     * Makes one.
     *
     * @param roles whose anchors they are
     * @param folder where they are kept; the same as that of the roles
     * @param clock tells which certificates have expired
     */
    public TrustStore(Roles roles, TrustFolder folder, Clock clock) {
        this.roles = roles;
        this.folder = folder;
        this.clock = clock;
    }

    /** {@return the certificates in force by alias, in alphabetical order} */
    public Map<String, List<X509Certificate>> anchors() {
        return roles.anchors().byAlias();
    }

    /**
     * Adds anchors, in the place of those of the same alias.
     *
     * @param alias their name
     * @param pem one certificate or several; line breaks do not matter
     * @return the certificates
     * @throws IllegalArgumentException with a full sentence, if the alias or the text is not legal
     * @throws IllegalStateException with a full sentence, if they cannot be brought into force
     */
    public List<X509Certificate> add(String alias, String pem) {
        Alias.check(alias);
        try {
            return add(alias, ChainPem.read(pem));
        } catch (IOException e) {
            throw new IllegalArgumentException("No certificate could be read. " + e.getMessage(), e);
        }
    }

    /**
     * Adds the anchors in a file, in the place of those of the same alias.
     *
     * @param alias their name
     * @param file a file on this machine, PEM or DER, which is read once
     * @return the certificates
     * @throws IllegalArgumentException with a full sentence, if the alias or what is in the file is not legal
     * @throws IllegalStateException with a full sentence, if they cannot be brought into force
     */
    public List<X509Certificate> addFile(String alias, Path file) {
        Alias.check(alias);
        byte[] octets = read(file);
        if (octets.length > MOST_OCTETS) {
            throw new IllegalArgumentException("The file " + file + " is larger than 1 MiB, which no anchors are.");
        }
        try {
            return add(alias, ChainPem.readAny(octets));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "No certificate could be read from the file " + file + ". " + e.getMessage(), e);
        }
    }

    /**
     * Takes anchors out.
     *
     * @param alias their name
     * @throws IllegalArgumentException with a full sentence, if there are none of this name
     * @throws IllegalStateException with a full sentence, if it cannot be brought into force
     */
    public void remove(String alias) {
        if (!anchors().containsKey(alias)) {
            Alias.check(alias);
        }
        if (!folder.has(alias)) {
            throw new IllegalArgumentException("There are no trust anchors " + alias + "; there are: "
                    + (anchors().isEmpty()
                            ? "none"
                            : String.join(", ", anchors().keySet())) + ".");
        }
        roles.exchange(before -> before.without(alias), () -> folder.delete(alias));
    }

    private List<X509Certificate> add(String alias, List<X509Certificate> certificates) {
        Date now = Date.from(clock.instant());
        if (certificates.stream().allMatch(certificate -> now.after(certificate.getNotAfter()))) {
            throw new IllegalArgumentException("What was given has expired, "
                    + certificates.get(0).getSubjectX500Principal().getName() + " on "
                    + certificates.get(0).getNotAfter().toInstant() + ", so nothing could verify by it.");
        }
        roles.exchange(before -> before.with(alias, certificates), () -> folder.write(alias, certificates));
        return certificates;
    }

    private static byte[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_OCTETS + 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read: " + e + ".", e);
        }
    }
}
