package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.postern.administration.SettingValues;

/**
 * Looks at the store's folder now and then, as often as {@code certificateWatch} says, and has changed files taken up once
 * they have come to rest: whoever renews a key and its chain needs two steps for it.
 */
public final class FolderWatch {

    private final CertificateStore store;
    private final SettingValues settings;
    private final Reload reload;
    private final Clock clock;
    private Instant last = Instant.MIN;
    private Map<Path, String> seen = Map.of();
    private Map<Path, String> takenUp = Map.of();

    /**
     * Makes one that knows the files as they are now.
     *
     * @param store where certificates are
     * @param settings how often
     * @param reload takes files up
     * @param clock tells the time
     */
    public FolderWatch(CertificateStore store, SettingValues settings, Reload reload, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.reload = reload;
        this.clock = clock;
        seen = stamps();
        takenUp = seen;
    }

    /** {@return whether it is time to look; cheap, to be asked every second} */
    public synchronized boolean isDue() {
        Duration period = settings.get(CertificateSettings.CERTIFICATE_WATCH);
        return !period.isZero() && !clock.instant().isBefore(last == Instant.MIN ? last : last.plus(period));
    }

    /** Looks, and has taken up what has changed since it was taken up and has not changed since the last look. */
    public synchronized void run() {
        last = clock.instant();
        Map<Path, String> now = stamps();
        if (now.equals(seen) && !now.equals(takenUp)) {
            reload.run();
            takenUp = now;
        }
        seen = now;
    }

    private Map<Path, String> stamps() {
        var stamps = new TreeMap<Path, String>();
        for (String alias : store.folders().aliases()) {
            Path folder = store.folders().store().resolve(alias);
            for (String name : new String[] {EntryFiles.KEY, EntryFiles.CHAIN}) {
                stamps.put(folder.resolve(name), stamp(folder.resolve(name)));
            }
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            // Missing, or not to be looked at: that is a state, too, and taking up says what is wrong.
            return e.getClass().getName();
        }
    }
}
