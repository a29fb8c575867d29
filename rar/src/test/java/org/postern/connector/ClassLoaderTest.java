package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postern.tls.Engine;

/** An adapter that was undeployed leaves nothing behind that holds its classes: no thread, no bean, no hook, no value. */
class ClassLoaderTest {

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
        WeakReference<ClassLoader> loader = deployAndUndeploy(entry -> !entry.contains("tcnative-boringssl"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (loader.get() != null) {
            assertThat(System.nanoTime()).as("the class loader is held").isLessThan(end);
            displaceRecord();
            System.gc();
        }
    }

    /** Without it, the end of the threads at the end of this test would end the process. */
    @Test
    @Timeout(120)
    void nativeLibraryThatThreadsHaveUsedShouldStay() throws Exception {
        assumeTrue(Engine.best() == Engine.BORINGSSL, "BoringSSL does not load here");
        WeakReference<ClassLoader> loader = deployAndUndeploy(entry -> true);
        for (int i = 0; i < 10; i++) {
            System.gc();
        }
        assertThat(loader.get()).isNotNull();
    }

    private record Displacing(ClassLoaderTest component) {}

    /** In some versions, the Java platform holds the type of the component of the record whose methods it linked last. */
    private void displaceRecord() {
        assertThat(new Displacing(this)).isEqualTo(new Displacing(this));
        assertThat(new Displacing(this)).hasSameHashCodeAs(new Displacing(this));
        assertThat(new Displacing(this).toString()).isNotEmpty();
    }

    private WeakReference<ClassLoader> deployAndUndeploy(Predicate<String> wanted) throws Exception {
        try (var loader = new URLClassLoader(classPath(wanted), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(DeployedOnce.class.getName());
            assertThat(type.getClassLoader()).isSameAs(loader);
            deployment(type).accept(folder, threads);
            return new WeakReference<>(loader);
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

    private static URL[] classPath(Predicate<String> wanted) throws MalformedURLException {
        List<URL> entries = new ArrayList<>();
        for (String entry : classPathProperty().split(File.pathSeparator)) {
            if (wanted.test(entry)) {
                entries.add(Path.of(entry).toUri().toURL());
            }
        }
        return entries.toArray(URL[]::new);
    }
}
