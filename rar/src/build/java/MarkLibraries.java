import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes of Netty's native libraries what can go with the class loader of an undeployed adapter. Run by the build, from source.
 *
 * <p>When a class loader goes, the JVM calls {@code JNI_OnUnload} of each library that it had loaded. Netty's looks there for the
 * classes that it works for by their names, finds those of another Netty on the class path of the process, and takes their functions
 * away. So that function is hidden. BoringSSL leaves a value with each thread that used it, and a function of its own that frees the
 * value when the thread ends; were it gone by then, the end of one of the server's threads would end the process. So it is marked to
 * stay loaded.
 *
 * <p>The names and the mark are those of the dynamic linker, in a 64-bit ELF file (System V ABI, chapters 4 and 5).
 */
final class MarkLibraries {

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

    private final Path file;
    private final ByteBuffer octets;

    private MarkLibraries(Path file) throws IOException {
        this.file = file;
        octets = ByteBuffer.wrap(Files.readAllBytes(file));
        boolean known = octets.capacity() > COUNT_OF_PROGRAM_HEADERS + 2
                && octets.getInt(0) == MAGIC
                && octets.getShort(4) == CLASS_64_LITTLE_ENDIAN;
        if (!known) {
            throw new IOException(file + " is no 64-bit ELF file.");
        }
        octets.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Marks libraries.
     *
     * @param arguments a folder with the libraries as they come, and where they are to be
     * @throws IOException if there is none, or one is not as it should be
     */
    public static void main(String[] arguments) throws IOException {
        Path to = Files.createDirectories(Path.of(arguments[1]));
        for (Path library : libraries(Path.of(arguments[0]))) {
            var marked = new MarkLibraries(library);
            marked.hide("JNI_OnUnload");
            if (library.getFileName().toString().contains("tcnative")) {
                marked.stayLoaded();
            }
            Files.write(to.resolve(library.getFileName()), marked.octets.array());
        }
    }

    private static List<Path> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".so")).collect(Collectors.toList());
            if (found.isEmpty()) {
                throw new IOException("There is no library in " + folder + ".");
            }
            return found;
        }
    }

    /** Has a function not be found by its name. */
    private void hide(String function) throws IOException {
        byte[] all = octets.array();
        byte[] name = ('\0' + function + '\0').getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + name.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + name.length, name, 0, name.length)) {
                all[at + 1] = '_';
                return;
            }
        }
        throw new IOException(file + " has no function " + function + ".");
    }

    /** Has it stay in the process that loads it, whoever lets go of it, as a linker does for {@code -z nodelete}. */
    private void stayLoaded() throws IOException {
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
        throw new IOException(file + " has no room for flags in its dynamic section.");
    }

    private int dynamicSection() throws IOException {
        int first = (int) octets.getLong(PROGRAM_HEADERS);
        int size = octets.getShort(SIZE_OF_PROGRAM_HEADER);
        int count = octets.getShort(COUNT_OF_PROGRAM_HEADERS);
        for (int i = 0; i < count; i++) {
            int header = first + i * size;
            if (octets.getInt(header) == PT_DYNAMIC) {
                return header;
            }
        }
        throw new IOException(file + " has no dynamic section.");
    }
}
