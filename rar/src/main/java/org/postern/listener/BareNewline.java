package org.postern.listener;

/** What becomes of content in which a CR or LF stands alone. Neither ever ends a message. */
public enum BareNewline {
    /** The message is refused after its end. */
    REJECT,
    /** Each bare CR and LF becomes CRLF. A dot behind it is content: it was not the sender who stuffed it. */
    NORMALIZE
}
