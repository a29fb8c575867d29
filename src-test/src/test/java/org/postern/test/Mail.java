package org.postern.test;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/** Messages to send. */
public final class Mail {

    private Mail() {}

    /** {@return a subject that no other message has} */
    public static String subject() {
        return "test " + UUID.randomUUID();
    }

    /** {@return a message with a line that begins with a dot and one beyond ASCII} */
    public static byte[] withSubject(String subject) {
        String text = String.join(
                "\r\n",
                "From: sender@example.com",
                "To: orders@example.org",
                "Subject: " + subject,
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                ".a line that begins with a dot",
                "Grüße",
                "");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return a message of about the given size, which needs a file on its way} */
    public static byte[] large(String subject, int octets) {
        StringBuilder text = new StringBuilder(new String(withSubject(subject), StandardCharsets.UTF_8));
        Random random = new Random(42);
        while (text.length() < octets) {
            text.append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
