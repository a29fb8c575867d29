package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.postern.administration.Settings.Registration;

/**
 * Certificates with their private keys, each in a folder of its own that is named by its alias. A folder comes into being and
 * goes in one step, and so does each file that is changed in it. One that cannot be read is told of by name, and left as it is.
 *
 * <p>What is in the folders is read once, and held in memory: what others change there is taken up by {@link Reload} only.
 */
public final class CertificateStore {

    private static final System.Logger LOG = System.getLogger(CertificateStore.class.getName());

    private final Path folder;
    private final EntryFiles files;
    private final EntryFolders folders;
    private final List<Consumer<Event>> observers = new CopyOnWriteArrayList<>();
    private volatile SortedMap<String, Stored> held = new TreeMap<>();
    private volatile Map<String, Entry> staged = Map.of();

    /**
     * Opens the store in a folder.
     *
     * @param folder the folder, which exists
     * @param keyPasswordFile the file whose first line is the password that private keys are encrypted with; empty for none
     * @throws IllegalStateException with a full sentence, if the folder cannot be read; single entries that cannot be read do
     *     not matter to the others
     */
    public CertificateStore(Path folder, Optional<Path> keyPasswordFile) {
        Library.prepare();
        this.folder = folder;
        this.files = new EntryFiles(new KeyPassword(keyPasswordFile));
        this.folders = new EntryFolders(folder);
        folders.tidy();
        held = readAll();
    }

    /** {@return the names of all entries in alphabetical order, also of those that cannot be read} */
    public List<String> aliases() {
        return List.copyOf(held.keySet());
    }

    /** {@return all entries in the order of their names} */
    public List<Stored> all() {
        return List.copyOf(held.values());
    }

    /** {@return what there is under a name} */
    public Optional<Stored> find(String alias) {
        return Optional.ofNullable(held.get(alias));
    }

    /**
     * Gives a certificate that can be used.
     *
     * @param alias its name
     * @return the entry; while one that is to take its place is being proven, that one
     * @throws IllegalArgumentException with a full sentence, if the text is no name
     * @throws IllegalStateException with a full sentence, if there is none or it cannot be used
     */
    public Entry load(String alias) {
        Entry candidate = staged.get(Alias.check(alias));
        if (candidate != null) {
            return candidate;
        }
        Stored stored = find(alias)
                .orElseThrow(
                        () -> new IllegalStateException("There is no certificate " + alias + " in " + folder + "."));
        if (stored instanceof Stored.Ready ready) {
            return ready.entry();
        }
        throw new IllegalStateException(
                stored instanceof Stored.Damaged damaged
                        ? damaged.problem()
                        : "The certificate " + alias
                                + " is PENDING: the answer to its request must be imported first.");
    }

    /**
     * Gives a request that was made here, whether or not it has been answered.
     *
     * @param alias its name
     * @throws IllegalArgumentException with a full sentence, if the text is no name
     * @throws IllegalStateException with a full sentence, if there is none
     */
    public SigningRequest requestOf(String alias) {
        Stored stored = find(Alias.check(alias))
                .orElseThrow(() -> new IllegalStateException("There is no request " + alias + "."));
        if (stored instanceof Stored.Pending pending) {
            return pending.request();
        }
        if (stored instanceof Stored.Ready ready && ready.request().isPresent()) {
            return ready.request().get();
        }
        throw new IllegalStateException(
                "The certificate " + alias + " was not requested from here, so there is no request for it.");
    }

    /**
     * Adds a certificate.
     *
     * @throws IllegalStateException with a full sentence, if the alias is taken or it cannot be written; then there is nothing
     *     of it
     */
    public void add(Entry entry) {
        add(new Stored.Ready(entry, Optional.empty(), Optional.empty()), aside -> files.write(entry, aside));
        String sentence = Sentences.of("Added the certificate", entry);
        tell(Event.Kind.ADDED, entry.alias(), sentence + " SHA-256 " + Fingerprints.of(entry.certificate()) + ".");
    }

    /**
     * Adds a request.
     *
     * @throws IllegalStateException with a full sentence, if the alias is taken or it cannot be written; then there is nothing
     *     of it
     */
    public void add(SigningRequest request) {
        add(new Stored.Pending(request), aside -> files.write(request, aside));
        tell(Event.Kind.ADDED, request.alias(), "Added the request " + request + ", " + request.subject() + ".");
    }

    /**
     * Adds somebody who is told of what happened. Closing what is returned ends that.
     *
     * @param observer is called on the thread that did it
     */
    public Registration observe(Consumer<Event> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Takes an entry out; whoever calls has made sure that it is not in use. */
    void delete(String alias) {
        synchronized (this) {
            try {
                folders.delete(alias);
            } catch (IOException e) {
                throw new IllegalStateException("The certificate " + alias + " could not be deleted: " + e + ".", e);
            }
            update(map -> {
                map.remove(alias);
                return map;
            });
        }
        tell(Event.Kind.DELETED, alias, "Deleted the certificate " + alias + ".");
    }

    /** Lets {@link #load} give a candidate, until it is written or withdrawn. */
    synchronized void stage(Entry candidate) {
        staged = Map.of(candidate.alias(), candidate);
    }

    synchronized void withdraw() {
        staged = Map.of();
    }

    /** Writes the chain of an entry whose key is there already. */
    synchronized void writeChain(Entry entry) throws IOException {
        files.replaceChain(entry.chain(), folder.resolve(entry.alias()));
    }

    /** Puts the files back to what is held, after a chain was written that is not to be. */
    synchronized void restore(String alias, Optional<Stored> before) throws IOException {
        if (before.orElse(null) instanceof Stored.Ready ready) {
            files.replaceChain(ready.entry().chain(), folder.resolve(alias));
        } else {
            files.removeChain(folder.resolve(alias));
        }
    }

    /** Holds what its files have now. */
    synchronized void hold(Stored stored) {
        update(map -> {
            map.put(stored.alias(), stored);
            return map;
        });
    }

    /** Holds no longer what somebody else has taken away. */
    synchronized void forget(String alias) {
        update(map -> {
            map.remove(alias);
            return map;
        });
    }

    /** Remembers which warning was given, also over a restart. */
    synchronized void told(Stored.Ready ready, Stored.Told warning) throws IOException {
        if (held.get(ready.alias()) == ready) {
            hold(new Stored.Ready(ready.entry(), ready.request(), Optional.of(warning)));
            files.replaceTold(ready.entry(), warning, folder.resolve(ready.alias()));
        }
    }

    /** {@return what the files have now, which may be other than what is held} */
    SortedMap<String, Stored> readAll() {
        var read = new TreeMap<String, Stored>();
        folders.aliases().forEach(alias -> read.put(alias, read(alias)));
        return read;
    }

    EntryFolders folders() {
        return folders;
    }

    void tell(Event.Kind kind, String alias, String sentence) {
        LOG.log(System.Logger.Level.INFO, "{0}", sentence);
        observers.forEach(observer -> observer.accept(new Event(kind, alias, sentence)));
    }

    private Stored read(String alias) {
        Path entry = folder.resolve(alias);
        try {
            return files.read(alias, entry);
        } catch (IOException | IllegalArgumentException e) {
            return new Stored.Damaged(
                    alias, "The certificate " + alias + " in " + entry + " is damaged: " + e.getMessage());
        }
    }

    private synchronized void add(Stored stored, EntryFolders.Content content) {
        if (held.containsKey(stored.alias()) || Files.exists(folder.resolve(stored.alias()))) {
            throw new IllegalStateException("There is a certificate " + stored.alias() + " already.");
        }
        try {
            folders.create(stored.alias(), content);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The certificate " + stored.alias() + " could not be written: " + e + ".", e);
        }
        hold(stored);
    }

    private void update(UnaryOperator<SortedMap<String, Stored>> change) {
        held = change.apply(new TreeMap<>(held));
    }
}
