package org.postern.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * BoringSSL, for Netty, which finds it loaded. Loaded by Netty it would go with the class loader of the adapter after an
 * undeployment: but BoringSSL leaves a value with each thread that used it, and a function of its own that frees the value when the
 * thread ends, so that the end of one of the container's threads would call what is not there any more, and end the process. Marked
 * to stay, its code does, and the classes of the adapter can go.
 */
final class NativeLibrary {

    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());

    private NativeLibrary() {}

    /** Loads it. {@return whether it is there: it may not be wanted, the platform have none, or the system not let it be loaded} */
    static boolean load() {
        // Netty's, for those who want none.
        if (Boolean.getBoolean("io.netty.handler.ssl.noOpenSsl")) {
            return false;
        }
        try (InputStream in = NativeLibrary.class.getResourceAsStream("META-INF/native/" + name() + ".so")) {
            if (in == null) {
                return false;
            }
            byte[] octets = in.readAllBytes();
            load(marked(octets));
            return true;
        } catch (IOException | IllegalArgumentException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "BoringSSL does not load, so the Java platform does TLS, at a higher cost: {0}",
                    e.getMessage());
            return false;
        }
    }

    private static byte[] marked(byte[] octets) {
        var file = new ElfFile(octets);
        file.stayLoaded();
        // Called when the class loader goes, it looks for the classes that it works for by their names, and would find
        // those of another Netty on the class path of the process, whose TLS it would end.
        file.hide("JNI_OnUnload");
        return octets;
    }

    private static void load(byte[] octets) throws IOException {
        // By its name the library knows under what name the classes are that it works for.
        Path folder = Path.of(System.getProperty("io.netty.native.workdir", System.getProperty("java.io.tmpdir")));
        Path file = Files.createTempFile(folder, name(), ".so");
        try {
            Files.write(file, octets);
            System.load(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** As Netty names it: {@code libnetty_tcnative_linux_x86_64}. */
    private static String name() {
        String machine = System.getProperty("os.arch");
        String known = machine.equals("amd64") ? "x86_64" : machine.equals("aarch64") ? "aarch_64" : machine;
        return "libnetty_tcnative_" + System.getProperty("os.name").toLowerCase(Locale.ROOT) + "_" + known;
    }
}
