package org.postern.outbound;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.postern.MailContent;

/** Content that is written to memory; whatever ended its lines, CRLF does (RFC 5322 section 2.3). */
final class CrlfOutput extends ByteArrayOutputStream {

    private boolean afterCr;

    CrlfOutput() {
        super(8 * 1024);
    }

    @Override
    public synchronized void write(int octet) {
        if (octet == '\n' && afterCr) {
            super.write(octet);
        } else if (octet == '\n') {
            super.write('\r');
            super.write('\n');
        } else {
            endBareCr();
            super.write(octet);
        }
        afterCr = octet == '\r';
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '\r' || octets[i] == '\n' || afterCr) {
                super.write(octets, from, i - from);
                write(octets[i]);
                from = i + 1;
            }
        }
        super.write(octets, from, offset + length - from);
    }

    /** {@return what was written, without a copy of it; nothing more must be written} */
    synchronized MailContent content() {
        endBareCr();
        afterCr = false;
        return new Written(buf, count);
    }

    private void endBareCr() {
        if (afterCr) {
            super.write('\n');
        }
    }

    private record Written(byte[] octets, int length) implements MailContent {

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(octets, 0, length);
        }

        @Override
        public long size() {
            return length;
        }
    }
}
