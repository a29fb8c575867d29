package org.postern.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The local mailboxes, each a Maildir {@code mailboxes/<domain>/<local part>/} in the data directory. */
final class Mailboxes {

    private final Path dataDirectory;

    /**
     * Makes none yet.
     *
     * @param dataDirectory an existing folder
     */
    Mailboxes(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** {@return the folder of a mailbox, which need not be there} */
    Path folder(MailboxKey mailbox) {
        return dataDirectory
                .resolve("mailboxes")
                .resolve(FileNames.encode(mailbox.domain()))
                .resolve(FileNames.encode(mailbox.localPart()));
    }

    /**
     * Makes a mailbox where it is not there yet, on the disk when this returns.
     *
     * <p>{@code tmp} is made last, when all the rest is on the disk, and so tells that it is: also to another delivery that comes
     * while this one is at it.
     */
    Maildir open(MailboxKey mailbox) throws IOException {
        Path folder = folder(mailbox);
        Maildir maildir = new Maildir(folder);
        if (!Files.isDirectory(maildir.unfinished())) {
            Disk.createFolders(maildir.unread());
            Disk.createFolders(maildir.read());
            for (Path parent = folder; !parent.equals(dataDirectory); parent = parent.getParent()) {
                Disk.syncFolder(parent);
            }
            Disk.syncFolder(dataDirectory);
            Disk.createFolders(maildir.unfinished());
        }
        return maildir;
    }
}
