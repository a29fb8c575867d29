package org.postern.tls;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What of a library's file says how it is loaded: the dynamic section of a 64-bit ELF file (System V ABI, chapters 4 and 5). */
final class ElfFile {

    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0201;

    private static final int PROGRAM_HEADERS = 0x20;
    private static final int SIZE_OF_PROGRAM_HEADER = 0x36;
    private static final int COUNT_OF_PROGRAM_HEADERS = 0x38;

    private static final int PT_DYNAMIC = 2;
    private static final int OFFSET_IN_FILE = 0x08;
    private static final int SIZE_IN_FILE = 0x20;

    private static final int ENTRY = 16;
    private static final long DT_NULL = 0;
    private static final long DT_FLAGS_1 = 0x6ffffffb;
    private static final long DF_1_NODELETE = 0x8;

    private final ByteBuffer octets;

    /**
     * Looks at one.
     *
     * @param octets all of the file, which are changed
     * @throws IllegalArgumentException if it is no such file
     */
    ElfFile(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        boolean known = octets.length > COUNT_OF_PROGRAM_HEADERS + 2
                && ByteBuffer.wrap(octets).getInt(0) == MAGIC
                && ByteBuffer.wrap(octets).getShort(4) == CLASS_64_LITTLE_ENDIAN;
        if (!known) {
            throw new IllegalArgumentException("It is no 64-bit ELF file.");
        }
    }

    /** Has it stay in the process that loads it, whoever lets go of it, as a linker does for {@code -z nodelete}. */
    void stayLoaded() {
        int header = dynamicSection();
        int start = (int) octets.getLong(header + OFFSET_IN_FILE);
        int end = start + (int) octets.getLong(header + SIZE_IN_FILE);
        for (int entry = start; entry < end; entry += ENTRY) {
            long tag = octets.getLong(entry);
            // The first without a meaning ends the section, so another one has to follow.
            boolean free = tag == DT_NULL && entry + 2 * ENTRY <= end && octets.getLong(entry + ENTRY) == DT_NULL;
            if (tag == DT_FLAGS_1 || free) {
                octets.putLong(entry, DT_FLAGS_1);
                octets.putLong(entry + 8, octets.getLong(entry + 8) | DF_1_NODELETE);
                return;
            }
            if (tag == DT_NULL) {
                break;
            }
        }
        throw new IllegalArgumentException("Its dynamic section has no room for flags.");
    }

    /**
     * Has a function not be found by its name.
     *
     * @throws IllegalArgumentException if it has no such function
     */
    void hide(String function) {
        byte[] file = octets.array();
        byte[] name = ('\0' + function + '\0').getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + name.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + name.length, name, 0, name.length)) {
                file[at + 1] = '_';
                return;
            }
        }
        throw new IllegalArgumentException("It has no function " + function + ".");
    }

    private int dynamicSection() {
        int first = (int) octets.getLong(PROGRAM_HEADERS);
        int size = octets.getShort(SIZE_OF_PROGRAM_HEADER);
        int count = octets.getShort(COUNT_OF_PROGRAM_HEADERS);
        for (int i = 0; i < count; i++) {
            int header = first + i * size;
            if (octets.getInt(header) == PT_DYNAMIC) {
                return header;
            }
        }
        throw new IllegalArgumentException("It has no dynamic section.");
    }
}
