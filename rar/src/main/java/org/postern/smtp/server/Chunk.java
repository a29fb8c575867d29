package org.postern.smtp.server;

import java.util.Optional;
import org.postern.Reply;

/**
 * A piece of content that BDAT announces (RFC 3030 section 2). Its octets follow the command whatever is answered, so a refusal
 * waits until they have been read: none of them may be taken for a command.
 *
 * @param size in octets
 * @param last whether it ends the message
 * @param refusal why it is read and thrown away; empty if it is taken
 */
public record Chunk(long size, boolean last, Optional<Reply> refusal) {

    /** {@return whether it is taken rather than thrown away} */
    public boolean isWelcome() {
        return refusal.isEmpty();
    }

    /** {@return the same chunk, to be thrown away} */
    Chunk refused(Reply reply) {
        return new Chunk(size, last, Optional.of(reply));
    }
}
