package org.postern.outbound;

import jakarta.mail.MessagingException;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.smtp.client.Content;
import org.postern.smtp.client.Demands;

/** Converts content beyond ASCII for a server without 8BITMIME (RFC 6152 section 3), for applications that allow it. */
public final class SevenBit {

    /** More is not converted, as all of it is held in memory meanwhile. */
    private static final long LARGEST = 64L << 20;

    private final ClassLoader loader;

    /**
     * Makes one.
     *
     * @param loader the context class loader under which the server's Jakarta Mail finds its parts
     */
    public SevenBit(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Converts.
     *
     * @param nextHop the server, for sentences
     * @param content the content
     * @return the same in ASCII
     * @throws MailDeliveryException permanent, with a sentence, if it must not be or cannot be converted
     * @throws IOException if it cannot be read
     */
    Content convert(NextHop nextHop, Content content) throws MailDeliveryException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return Content.check(MailContent.of(octets(content)));
        } catch (UnconvertibleException e) {
            throw Demands.unconvertible(nextHop, e.getMessage());
        } catch (MessagingException e) {
            throw Demands.unconvertible(nextHop, "it cannot be read as MIME");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static byte[] octets(Content content) throws MessagingException, IOException, UnconvertibleException {
        if (content.size() > LARGEST) {
            throw new UnconvertibleException("it is larger than " + LARGEST + " octets");
        }
        try (InputStream in = content.stream();
                InputStream message = new SharedByteArrayInputStream(in.readAllBytes())) {
            var out = new ByteArrayOutputStream((int) content.size() * 3 / 2);
            new SevenBitWriter(out).write(message);
            return out.toByteArray();
        }
    }
}
