package org.postern.launcher;

import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Starts Payara Micro as its own launcher does, with another loader of its classes. */
final class Server extends PayaraMicroLauncher {
    private static final String MAIN = "main";

    /** Those with which Payara Micro's launcher names a directory to unpack to. */
    private static final List<String> UNPACK = List.of("--unpackdir", "--rootdir");

    private Server() {}

    static void start(String[] arguments) throws Exception {
        InputStream file = ClassLoader.getSystemResourceAsStream(Directories.FILE);
        if (file == null || List.of(arguments).contains("--nested")) {
            PayaraMicroLauncher.main(arguments);
            return;
        }
        URI jar = PayaraMicroLauncher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        System.setProperty("fish.payara.micro.BootJar", jar.toString());
        Directories directories = Directories.read(file);
        Server server = new Server();
        server.launch(MAIN, arguments, server.getMainClass(), loader(directories, unpackDirectory(arguments)));
    }

    private static String unpackDirectory(String[] arguments) {
        String directory = null;
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (UNPACK.contains(arguments[i].toLowerCase(Locale.ROOT))) {
                directory = arguments[i + 1];
            }
        }
        return directory;
    }

    private static ClassLoader loader(Directories directories, String unpackDirectory) throws Exception {
        if (unpackDirectory != null) {
            return new IndexedLoader(directories, new File(unpackDirectory));
        }
        var loader = new IndexedLoader(directories);
        // What Payara Micro's launcher does next, and nobody else may.
        Method remove = loader.getClass().getSuperclass().getDeclaredMethod("registerDeleteOnExit");
        remove.setAccessible(true);
        remove.invoke(loader);
        return loader;
    }
}
