package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What memory is held for octets that have come and are not taken yet, as an allocator counts it. */
class PendingTest {

    /** Of a buffer that is read into. */
    private static final int READ = 8192;

    private static final String ENVELOPE =
            "EHLO client.example\r\nMAIL FROM:<sender@client.example>\r\nRCPT TO:<a@accepted.example>\r\n";

    /** Of most of them something cannot be taken before more has come. */
    private static final List<String> IN_ONE_READ = List.of(
            "NOOP\r\nN",
            "NOOP\r\nNOOP\r",
            ENVELOPE + "M",
            ENVELOPE + "DATA\r\ntext\r\n.",
            ENVELOPE + "DATA\r\ntext\r\n.\r",
            ENVELOPE + "DATA\r\ntext\r\n.\r\nMAIL",
            ENVELOPE + "BDAT 4\r\ntextB",
            ENVELOPE + "BDAT 9\r\ntext",
            "NOOP\r\n");

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Pending pending = new Pending();

    @Test
    void octetThatIsLeftShouldNotHoldTheBufferItWasReadInto() {
        add("NOOP\r\nQ", 6);
        pending.trim(allocator);
        assertThat(held()).isEqualTo(1);
        assertThat(text(pending.octets())).isEqualTo("Q");
    }

    @Test
    void nothingShouldBeHeldWhenNothingIsLeft() {
        add("NOOP\r\n", 6);
        pending.trim(allocator);
        assertThat(held()).isZero();
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void whatIsLeftShouldNotBeCopiedWhereItFillsMuchOfItsBuffer() {
        ByteBuf read = add("x".repeat(READ), READ - READ / 16);
        pending.trim(allocator);
        assertThat(pending.octets()).isSameAs(read);
        read.skipBytes(1);
        pending.trim(allocator);
        assertThat(held()).isEqualTo(READ / 16 - 1);
    }

    @Test
    void buffersShouldNotAddUpWhenOctetsComeOneByOne() {
        for (char octet : "MAIL FROM:<>".toCharArray()) {
            add(String.valueOf(octet), 0);
            pending.trim(allocator);
        }
        assertThat(text(pending.octets())).isEqualTo("MAIL FROM:<>");
        assertThat(held()).isEqualTo("MAIL FROM:<>".length());
        pending.discard();
        assertThat(held()).isZero();
    }

    @Test
    void idleSessionShouldHoldNoBufferThatWasReadInto(@TempDir Path folder) throws IOException {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of())) {
            for (String sent : IN_ONE_READ) {
                ClockedConnection client = ClockedConnection.begin(server);
                client.config().setAllocator(allocator);
                client.writeInbound(read(sent));
                client.releaseOutbound();
                assertThat(held()).as(sent).isLessThan(8);
                client.close();
                assertThat(held()).as(sent).isZero();
            }
        }
    }

    /** Has something come, of which the first octets are taken. {@return the buffer it came in} */
    private ByteBuf add(String text, int taken) {
        ByteBuf read = read(text);
        pending.add(read, allocator);
        pending.octets().skipBytes(taken);
        return read;
    }

    private ByteBuf read(String text) {
        ByteBuf buffer = allocator.buffer(READ);
        buffer.writeCharSequence(text, StandardCharsets.US_ASCII);
        return buffer;
    }

    private long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private static String text(ByteBuf octets) {
        return octets.toString(StandardCharsets.US_ASCII);
    }
}
