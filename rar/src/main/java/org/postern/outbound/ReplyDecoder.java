package org.postern.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postern.smtp.client.MalformedReplyException;
import org.postern.smtp.client.ReplyReader;

/** Cuts what a server sends into lines, and puts its replies together from them. */
final class ReplyDecoder extends ByteToMessageDecoder {

    private final ReplyReader reader = new ReplyReader();

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws MalformedReplyException {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        int length = end < 0 ? in.readableBytes() : end - in.readerIndex();
        if (length > ReplyReader.MAX_LINE) {
            throw new MalformedReplyException("a line is longer than " + ReplyReader.MAX_LINE + " octets");
        }
        if (end < 0) {
            return;
        }
        String line = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.readerIndex(end + 1);
        reader.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .ifPresent(out::add);
    }

    /** {@return whether something arrived behind the last whole reply} */
    boolean hasMore() {
        return actualReadableBytes() > 0 || reader.isInside();
    }
}
