package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalDeliveryTest {

    private static final String MINE = "Return-Path: <sender@example.net>\r\n";

    @Test
    void reversePathShouldStandOnTop() throws IOException {
        assertThat(delivered("Subject: a\r\n\r\nb\r\n")).isEqualTo(MINE + "Subject: a\r\n\r\nb\r\n");
    }

    @Test
    void nullReversePathShouldBeEmptyBrackets() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FinalDelivery.copy("", new ByteArrayInputStream(new byte[0]), out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Return-Path: <>\r\n");
    }

    @Test
    void formerReturnPathsShouldBeRemovedWithTheirFoldedLines() throws IOException {
        String content =
                "Received: x\r\nRETURN-path : <a@b>\r\n (folded)\r\n\t<more>\r\nTo: c\r\nReturn-Path:<d@e>\r\n\r\n";
        assertThat(delivered(content)).isEqualTo(MINE + "Received: x\r\nTo: c\r\n\r\n");
    }

    @Test
    void likeNamedFieldsAndTheBodyShouldStay() throws IOException {
        String content = "Return-Path-Old: a\r\nReturn: b\r\nX:\r\n Return-Path: c\r\n\r\nReturn-Path: <d>\r\n";
        assertThat(delivered(content)).isEqualTo(MINE + content);
    }

    @Test
    void endlessLineShouldBeCopiedOrRemovedWhole() throws IOException {
        String endless = "Return-Path: ".repeat(5_000);
        assertThat(delivered("X: " + endless + "\r\n\r\n")).isEqualTo(MINE + "X: " + endless + "\r\n\r\n");
        assertThat(delivered(endless + "\r\nTo: a\r\n\r\n")).isEqualTo(MINE + "To: a\r\n\r\n");
    }

    @Test
    void contentShouldStayOctetForOctet() throws IOException {
        byte[] octets = new byte[70_000];
        new Random(1).nextBytes(octets);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write("A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        content.write(octets);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FinalDelivery.copy("", new ByteArrayInputStream(content.toByteArray()), out);
        assertThat(out.toByteArray()).endsWith(content.toByteArray()).hasSize(content.size() + 17);
    }

    @Test
    void messageWithoutBodyOrLineEndShouldBeKept() throws IOException {
        assertThat(delivered("Subject: a")).isEqualTo(MINE + "Subject: a");
    }

    private static String delivered(String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FinalDelivery.copy(
                "sender@example.net", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
