package org.postern.listener;

import java.nio.ByteBuffer;

/**
 * Looks at the header of a message while it comes in, in bounded memory: counts its Received fields, which grow where mail goes
 * in circles (RFC 5321 section 6.3), and finds its Message-ID for the log.
 */
final class HeaderScan {

    private static final int MAX_RECEIVED = 100;
    private static final int MAX_NAME = 16;
    private static final int MAX_MESSAGE_ID = 250;

    private final StringBuilder name = new StringBuilder(MAX_NAME);
    private final StringBuilder messageId = new StringBuilder();
    private int received;
    private int column;
    private boolean inName;
    private boolean inMessageId;
    private boolean ended;

    /** Looks at the next octets; the buffer stays as it is. */
    void add(ByteBuffer octets) {
        for (int i = octets.position(); !ended && i < octets.limit(); i++) {
            add(octets.get(i));
        }
    }

    private void add(byte octet) {
        if (octet == '\n') {
            endLine();
        } else if (octet != '\r') {
            if (column++ == 0) {
                beginLine(octet);
            }
            if (inName) {
                nameGoesOn((char) (octet & 0xff));
            } else if (inMessageId && messageId.length() < MAX_MESSAGE_ID && (octet > ' ' || messageId.length() > 0)) {
                messageId.append(octet >= ' ' && octet <= '~' ? (char) octet : '?');
            }
        }
    }

    private void beginLine(byte octet) {
        boolean folded = octet == ' ' || octet == '\t';
        if (!folded) {
            inName = true;
            inMessageId = false;
            name.setLength(0);
        }
    }

    private void nameGoesOn(char c) {
        if (c != ':') {
            if (name.length() < MAX_NAME) {
                name.append(c);
            }
            return;
        }
        inName = false;
        if (isNamed("received")) {
            received++;
        } else if (isNamed("message-id")) {
            inMessageId = messageId.length() == 0;
        }
    }

    /** There may be blanks before the colon (RFC 5322 section 4.5). */
    private boolean isNamed(String field) {
        int length = name.length();
        while (length > 0 && name.charAt(length - 1) <= ' ') {
            length--;
        }
        boolean named = length == field.length();
        for (int i = 0; named && i < length; i++) {
            named = Character.toLowerCase(name.charAt(i)) == field.charAt(i);
        }
        return named;
    }

    private void endLine() {
        // An empty line ends the header, and so does one that is no field.
        ended = column == 0 || inName;
        column = 0;
    }

    /** {@return whether the message has been through so many servers that it must be going in circles} */
    boolean isLoop() {
        return received >= MAX_RECEIVED;
    }

    /** {@return the value of the first Message-ID, shortened and in printable ASCII; empty where there is none} */
    String messageId() {
        return messageId.toString().strip();
    }
}
