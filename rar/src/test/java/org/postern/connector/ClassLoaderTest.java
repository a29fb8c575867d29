package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postern.network.EventLoops;
import org.postern.tls.Engine;

/** An adapter that was undeployed leaves nothing behind that holds its classes: no thread, no bean, no hook, no value. */
class ClassLoaderTest {

    private static final String WITHOUT_BORINGSSL = "io.netty.handler.ssl.noOpenSsl";

    @TempDir
    Path folder;

    private final ThreadPoolExecutor threads = threads();

    /** The container's threads live on, as those of a server do. */
    private static ThreadPoolExecutor threads() {
        var made = new ThreadPoolExecutor(12, 12, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        // One that is started by a thread of the adapter would have its class loader from there.
        made.prestartAllCoreThreads();
        return made;
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(120)
    void stoppedAdapterShouldBeHeldByNothing() throws Exception {
        record Displacing(ClassLoaderTest component) {}

        WeakReference<ClassLoader> loader = deployAndUndeploy(Engine.JDK);
        awaitEnd(loader, new Displacing(this), new Displacing(this));
    }

    /** BoringSSL's code stays, as the end of the threads at the end of this test would otherwise end the process. */
    @Test
    @Timeout(120)
    void stoppedAdapterWithBoringSslShouldBeHeldByNothing() throws Exception {
        assumeTrue(Engine.best() == Engine.BORINGSSL, "BoringSSL does not load here");
        record Displacing(ClassLoaderTest component) {}

        Set<String> before = libraries();
        WeakReference<ClassLoader> loader = deployAndUndeploy(Engine.BORINGSSL);
        Set<String> loaded = libraries();
        loaded.removeAll(before);
        assertThat(loaded)
                .anyMatch(library -> library.contains("epoll"))
                .anyMatch(library -> library.contains("tcnative"));
        awaitEnd(loader, new Displacing(this), new Displacing(this));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (isLoaded("epoll", loaded)) {
            assertThat(System.nanoTime()).as("libraries are not unloaded").isLessThan(end);
            System.gc();
        }
        assertThat(isLoaded("tcnative", loaded)).isTrue();
        othersInThisProcessShouldHaveTheirs();
    }

    /** Netty's functions, of which those of another class loader were unloaded. */
    private void othersInThisProcessShouldHaveTheirs() {
        assertThat(Engine.BORINGSSL).hasToString("BoringSSL");
        try (var loops = new EventLoops(1, threads, getClass().getClassLoader())) {
            assertThat(loops.group()
                            .next()
                            .submit(() -> 1)
                            .awaitUninterruptibly()
                            .getNow())
                    .isEqualTo(1);
        }
    }

    private static boolean isLoaded(String kind, Set<String> loaded) throws IOException {
        return libraries().stream().anyMatch(library -> library.contains(kind) && loaded.contains(library));
    }

    /** {@return Netty's libraries in this process; each that was loaded has had a file of its own} */
    private static Set<String> libraries() throws IOException {
        Set<String> libraries = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains("/libnetty_")) {
                libraries.add(line.substring(line.indexOf("/libnetty_")));
            }
        }
        return libraries;
    }

    /**
     * Waits for a class loader to go.
     *
     * @param one a record of a kind that nothing was done with so far: in some versions, the Java platform holds the type of the
     *     component of the record whose methods it linked last
     * @param other another one, equal to it
     */
    private static void awaitEnd(WeakReference<ClassLoader> loader, Record one, Record other) {
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.toString()).isNotEmpty();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loader.get() != null) {
            assertThat(System.nanoTime()).as("the class loader is held").isLessThan(end);
            System.gc();
        }
    }

    private WeakReference<ClassLoader> deployAndUndeploy(Engine engine) throws Exception {
        // Read by the deployed one's Netty, which is not this one's.
        System.setProperty(WITHOUT_BORINGSSL, Boolean.toString(engine == Engine.JDK));
        try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(DeployedOnce.class.getName());
            assertThat(type.getClassLoader()).isSameAs(loader);
            deployment(type).accept(folder, threads);
            return new WeakReference<>(loader);
        } finally {
            System.clearProperty(WITHOUT_BORINGSSL);
        }
    }

    @SuppressWarnings("unchecked") // It is one, of another class loader.
    private static BiConsumer<Path, ExecutorService> deployment(Class<?> type) throws ReflectiveOperationException {
        return (BiConsumer<Path, ExecutorService>) type.getDeclaredConstructor().newInstance();
    }

    /** What runs the tests may have packed the class path into a single archive that refers to the others. */
    private static String classPathProperty() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> entries = new ArrayList<>();
        for (String entry : classPathProperty().split(File.pathSeparator)) {
            entries.add(Path.of(entry).toUri().toURL());
        }
        return entries.toArray(URL[]::new);
    }
}
