package org.postern.outbound;

import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes MIME entities (RFC 2045 section 2.4) in ASCII: a message, and all that is in it. Entities that are ASCII already are
 * written octet for octet. Fields of a header are, in any case, but for those about the encoding.
 */
final class SevenBitWriter {

    private static final int DEEPEST = 50;
    private static final String ENCODING = "Content-Transfer-Encoding";
    private static final Set<String> IDENTITY = Set.of("7bit", "8bit", "binary");

    private final OutputStream out;

    SevenBitWriter(OutputStream out) {
        this.out = out;
    }

    /** Where an entity stands, which says what it is if it does not say so itself. */
    private enum Place {
        /** A message, which has a header of its own. */
        MESSAGE,
        /** A part of a multipart. */
        PART,
        /** A part of multipart/digest (RFC 2046 section 5.1.5). */
        PART_OF_DIGEST
    }

    /** Writes a message. */
    void write(InputStream message) throws MessagingException, IOException, UnconvertibleException {
        write(new MimeBodyPart(message), Place.MESSAGE, 0);
    }

    private void write(MimeBodyPart entity, Place place, int depth)
            throws MessagingException, IOException, UnconvertibleException {
        if (depth > DEEPEST) {
            throw new UnconvertibleException("its parts are nested more than " + DEEPEST + " deep");
        }
        checkHeader(entity);
        BodyScan scan = scan(entity);
        boolean isPlain = IDENTITY.contains(encoding(entity));
        if (!scan.isEightBit() && !(isPlain && scan.hasLongLine())) {
            copy(entity);
            return;
        }
        if (!isPlain) {
            throw new UnconvertibleException("a part says that it is encoded as " + encoding(entity) + " and is not");
        }
        ContentType type = type(entity, place);
        if (type.match("multipart/signed")) {
            refuseOrCopy(entity, scan, "a signed part must not be changed");
        } else if (type.match("multipart/*")) {
            writeParts(entity, type, depth);
        } else if (type.match("message/rfc822")) {
            header(entity, Place.PART, "7bit");
            write(new MimeBodyPart(entity.getRawInputStream()), Place.MESSAGE, depth + 1);
        } else if (type.match("message/*")
                && !type.getSubType().toLowerCase(Locale.ROOT).startsWith("global")) {
            refuseOrCopy(
                    entity, scan, "a part of the type " + type.getBaseType() + " must not be encoded (RFC 2046 5.2)");
        } else {
            writeLeaf(entity, place, type.match("text/*") ? scan.encodingOfText() : "base64");
        }
    }

    private void refuseOrCopy(MimeBodyPart entity, BodyScan scan, String reason)
            throws MessagingException, IOException, UnconvertibleException {
        if (scan.isEightBit()) {
            throw new UnconvertibleException(reason);
        }
        copy(entity);
    }

    private void copy(MimeBodyPart entity) throws MessagingException, IOException {
        for (String line : lines(entity)) {
            line(line);
        }
        line("");
        try (InputStream in = entity.getRawInputStream()) {
            in.transferTo(out);
        }
    }

    private void writeLeaf(MimeBodyPart entity, Place place, String encoding) throws MessagingException, IOException {
        header(entity, place, encoding);
        OutputStream encoder = MimeUtility.encode(out, encoding);
        try (InputStream in = entity.getRawInputStream()) {
            in.transferTo(encoder);
        }
        // Not closed, as what is below it goes on.
        encoder.flush();
    }

    private void writeParts(MimeBodyPart entity, ContentType type, int depth)
            throws MessagingException, IOException, UnconvertibleException {
        MimeMultipart parts = new MimeMultipart(source(entity, type));
        int count = parts.getCount();
        String boundary = type.getParameter("boundary");
        if (boundary == null || !parts.isComplete()) {
            throw new UnconvertibleException("its parts are not bounded as RFC 2046 5.1 says");
        }
        header(entity, Place.PART, "7bit");
        // A preamble is for nobody (RFC 2046 section 5.1.1), so one beyond ASCII is left out.
        if (parts.getPreamble() != null && isAscii(parts.getPreamble())) {
            for (String line : parts.getPreamble().lines().toList()) {
                line(line);
            }
        }
        Place place = type.match("multipart/digest") ? Place.PART_OF_DIGEST : Place.PART;
        for (int i = 0; i < count; i++) {
            line((i == 0 ? "--" : "\r\n--") + boundary);
            write((MimeBodyPart) parts.getBodyPart(i), place, depth + 1);
        }
        line("\r\n--" + boundary + "--");
    }

    /** The header, with another encoding and with what it needs to be understood. */
    private void header(MimeBodyPart entity, Place place, String encoding) throws MessagingException, IOException {
        for (String line : Collections.list(entity.getNonMatchingHeaderLines(new String[] {ENCODING}))) {
            line(line);
        }
        if (place == Place.MESSAGE && entity.getHeader("MIME-Version") == null) {
            line("MIME-Version: 1.0");
        }
        if (entity.getHeader("Content-Type") == null) {
            // Octets of a character set that nobody has named (RFC 1428 section 3).
            line("Content-Type: text/plain; charset=unknown-8bit");
        }
        line(ENCODING + ": " + encoding);
        line("");
    }

    private void line(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static ContentType type(MimeBodyPart entity, Place place) throws MessagingException {
        String text = entity.getHeader("Content-Type", null);
        return new ContentType(text != null ? text : place == Place.PART_OF_DIGEST ? "message/rfc822" : "text/plain");
    }

    private static String encoding(MimeBodyPart entity) throws MessagingException {
        String encoding = entity.getEncoding();
        return encoding == null ? "7bit" : encoding.toLowerCase(Locale.ROOT);
    }

    private static BodyScan scan(MimeBodyPart entity) throws MessagingException, IOException {
        try (InputStream in = entity.getRawInputStream()) {
            return BodyScan.of(in);
        }
    }

    private static void checkHeader(MimeBodyPart entity) throws MessagingException, UnconvertibleException {
        for (String line : lines(entity)) {
            if (!isAscii(line)) {
                throw new UnconvertibleException("a header field has octets beyond ASCII");
            }
        }
    }

    private static List<String> lines(MimeBodyPart entity) throws MessagingException {
        return new ArrayList<>(Collections.list(entity.getAllHeaderLines()));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(octet -> octet < 0x80);
    }

    /** The body as it is: what reads it must not decode it first. */
    private static DataSource source(MimeBodyPart entity, ContentType type) {
        return new DataSource() {
            @Override
            public InputStream getInputStream() throws IOException {
                try {
                    return entity.getRawInputStream();
                } catch (MessagingException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public OutputStream getOutputStream() throws IOException {
                throw new IOException("It can only be read.");
            }

            @Override
            public String getContentType() {
                return type.toString();
            }

            @Override
            public String getName() {
                return "";
            }
        };
    }
}
