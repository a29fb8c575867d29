package org.postern.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads, as it passes by, which group the server chose for the key exchange: of the server's hello (RFC 8446 section 4.2.8), or
 * with TLS 1.2 of its key exchange (RFC 8422 section 5.4). Both are in clear. Not every engine tells it.
 */
final class KeyExchangeReader extends ChannelInboundHandlerAdapter {

    /** The numbers of the IANA registry of supported groups. */
    private static final Map<Integer, String> GROUPS = Map.of(
            0x001d,
            "X25519",
            0x0017,
            "secp256r1",
            0x0018,
            "secp384r1",
            0x0019,
            "secp521r1",
            0x001e,
            "X448",
            0x0100,
            "ffdhe2048",
            0x11ec,
            "X25519MLKEM768",
            0x11eb,
            "SecP256r1MLKEM768",
            0x11ed,
            "SecP384r1MLKEM1024");

    private static final int HANDSHAKE_RECORD = 22;
    private static final int SERVER_HELLO = 2;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int NAMED_CURVE = 3;
    private static final int KEY_SHARE = 51;
    private static final int MOST_OCTETS = 64 * 1024;

    private final ByteBuf records = Unpooled.buffer();
    private final ByteBuf messages = Unpooled.buffer();
    private final Consumer<String> told;
    private boolean done;

    /**
     * Makes one, for one handshake.
     *
     * @param told is told the group; first that it is not known, with an empty text
     */
    KeyExchangeReader(Consumer<String> told) {
        this.told = told;
        told.accept("");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!done && message instanceof ByteBuf octets) {
            records.writeBytes(octets, octets.readerIndex(), octets.readableBytes());
            try {
                readRecords();
            } catch (IndexOutOfBoundsException e) {
                // What is malformed is the engine's to refuse.
                done = true;
            }
            done |= records.writerIndex() > MOST_OCTETS;
        }
        context.fireChannelRead(message);
    }

    private void readRecords() {
        while (!done && records.readableBytes() >= 5) {
            int length = records.getUnsignedShort(records.readerIndex() + 3);
            if (records.readableBytes() < 5 + length) {
                return;
            }
            if (records.getUnsignedByte(records.readerIndex()) != HANDSHAKE_RECORD) {
                done = true;
                return;
            }
            records.skipBytes(5);
            messages.writeBytes(records, length);
            readMessages();
        }
    }

    private void readMessages() {
        while (!done && messages.readableBytes() >= 4) {
            int length = messages.getUnsignedMedium(messages.readerIndex() + 1);
            if (messages.readableBytes() < 4 + length) {
                return;
            }
            int type = messages.readUnsignedByte();
            messages.skipBytes(3);
            ByteBuf body = messages.readSlice(length);
            if (type == SERVER_HELLO) {
                readHello(body);
            } else if (type == SERVER_KEY_EXCHANGE) {
                boolean isNamed = body.readUnsignedByte() == NAMED_CURVE;
                chose(isNamed ? body.readUnsignedShort() : -1);
            }
        }
    }

    private void readHello(ByteBuf hello) {
        hello.skipBytes(2 + 32);
        hello.skipBytes(hello.readUnsignedByte());
        hello.skipBytes(2 + 1);
        if (!hello.isReadable()) {
            return;
        }
        hello.skipBytes(2);
        while (hello.readableBytes() >= 4) {
            int extension = hello.readUnsignedShort();
            ByteBuf body = hello.readSlice(hello.readUnsignedShort());
            if (extension == KEY_SHARE) {
                chose(body.readUnsignedShort());
            }
        }
    }

    /** A hello that asks for another try (RFC 8446 section 4.1.4) is followed by the one that counts. */
    private void chose(int number) {
        told.accept(number < 0 ? "" : GROUPS.getOrDefault(number, "group " + number));
    }
}
