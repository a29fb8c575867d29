package org.postern.gateway;

import java.nio.file.Path;

/**
 * One mailbox, one file per message: written in {@code tmp}, moved to {@code new} when it is complete, and from there to
 * {@code cur} by whoever reads it. Files that a crash left in {@code tmp} are removed by readers, after 36 hours.
 *
 * @param folder its folder
 */
record Maildir(Path folder) {

    Path unfinished() {
        return folder.resolve("tmp");
    }

    Path unread() {
        return folder.resolve("new");
    }

    Path read() {
        return folder.resolve("cur");
    }

    /** {@return a message to be written, under a name that no other has} */
    MaildirFile file(String name) {
        return new MaildirFile(unfinished().resolve(name), unread().resolve(name));
    }
}
