package org.postern.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.postern.Reply;

/** Turns replies into octets (RFC 5321 section 4.2, RFC 2034 section 4). */
final class ReplyWriter {

    /** RFC 5321 section 4.5.3.1.5: 512 with code and CRLF. */
    private static final int MAX_TEXT = 490;

    private ReplyWriter() {}

    static ByteBuf write(Reply reply, ByteBufAllocator allocator) {
        List<String> lines = reply.lines();
        ByteBuf out = allocator.buffer(lines.size() * 64);
        for (int i = 0; i < lines.size(); i++) {
            int code = reply.code();
            out.writeByte('0' + code / 100);
            out.writeByte('0' + code / 10 % 10);
            out.writeByte('0' + code % 10);
            out.writeByte(i < lines.size() - 1 ? '-' : ' ');
            if (!reply.enhancedStatus().isEmpty()) {
                text(reply.enhancedStatus(), out);
                out.writeByte(' ');
            }
            text(lines.get(i), out);
            out.writeByte('\r');
            out.writeByte('\n');
        }
        return out;
    }

    /** Replies are ASCII; what is beyond it, say in an application's text, is shown as a question mark. */
    private static void text(String text, ByteBuf out) {
        int length = Math.min(text.length(), MAX_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            out.writeByte(c < 0x7f ? c : '?');
        }
    }
}
