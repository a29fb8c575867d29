package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderScanTest {

    private static final String RECEIVED = "RECEIVED : from a by b;\r\n\tReceived: not a field\r\n";

    @Test
    void hundredReceivedFieldsShouldBeALoop() {
        assertThat(scan(RECEIVED.repeat(99) + "\r\n").isLoop()).isFalse();
        assertThat(scan(RECEIVED.repeat(100) + "\r\n").isLoop()).isTrue();
    }

    @Test
    void fieldsOfLikeNamesShouldNotCount() {
        String like = "Received-SPF: pass\r\nReceive: no\r\nX-Received: no\r\nRe ceived: no\r\n";
        assertThat(scan(like.repeat(100) + "\r\n").isLoop()).isFalse();
    }

    @Test
    void bodyShouldNotCount() {
        assertThat(scan("Subject: x\r\n\r\n" + RECEIVED.repeat(200)).isLoop()).isFalse();
    }

    @Test
    void messageIdShouldBeFoundFoldedAndShortened() {
        assertThat(scan("Subject: x\r\nMessage-ID:\r\n <1@a.example>\r\nMessage-Id: <2@a.example>\r\n\r\n")
                        .messageId())
                .isEqualTo("<1@a.example>");
        assertThat(scan("Message-ID: <" + "x".repeat(100_000) + ">\r\n\r\n").messageId())
                .hasSizeLessThan(300);
        assertThat(scan("Subject: x\r\n\r\nMessage-ID: <1@a.example>\r\n").messageId())
                .isEmpty();
    }

    /** In pieces of one octet, as they may come. */
    private static HeaderScan scan(String text) {
        HeaderScan scan = new HeaderScan();
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            scan.add(ByteBuffer.wrap(new byte[] {octet}));
        }
        return scan;
    }
}
