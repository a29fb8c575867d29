package org.postern.launcher;

import fish.payara.micro.boot.loader.ExplodedURLClassloader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Payara Micro's loader of its own classes, which unpacks its jars, but for one thing: it knows where to look. The JDK's asks
 * 160 jars for each class on an average, and 320 for what is not there, which was a fifth of all that ran until mail was
 * accepted. Signatures are not checked here either: the jars are as trusted as the one that they come from.
 */
final class IndexedLoader extends ExplodedURLClassloader {
    private final Directories directories;
    private final Map<String, Jar> jars = new HashMap<>();
    private boolean extended;

    /** To a directory that is removed at the end of the JVM. */
    IndexedLoader(Directories directories) throws IOException {
        this.directories = directories;
        addJars();
    }

    IndexedLoader(Directories directories, File unpackTo) throws IOException {
        super(unpackTo);
        this.directories = directories;
        addJars();
    }

    private void addJars() {
        for (URL url : getURLs()) {
            String path = url.getPath();
            jars.put(path.substring(path.lastIndexOf('/') + 1), new Jar(url));
        }
    }

    /** What comes later, by options of Payara Micro, is looked for as ever, and last as ever. */
    @Override
    public void addURL(URL url) {
        extended = true;
        super.addURL(url);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            for (Jar jar : candidates(path)) {
                JarEntry entry = jar.entry(path);
                if (entry != null) {
                    return define(name, jar, entry);
                }
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        if (extended) {
            return super.findClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, Jar jar, JarEntry entry) throws IOException {
        byte[] code = jar.read(entry);
        int dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            try {
                definePackage(name.substring(0, dot), jar.file().getManifest(), jar.url);
            } catch (IllegalArgumentException e) {
                // Another thread was faster.
            }
        }
        return defineClass(name, code, 0, code.length, jar.source);
    }

    @Override
    public URL findResource(String name) {
        try {
            for (Jar jar : candidates(name)) {
                JarEntry entry = jar.entry(name);
                if (entry != null) {
                    return jar.url(entry);
                }
            }
        } catch (IOException e) {
            // As the JDK's: what cannot be read is not there.
            return null;
        }
        return extended ? super.findResource(name) : null;
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        if (extended) {
            return super.findResources(name);
        }
        List<URL> found = new ArrayList<>();
        for (Jar jar : candidates(name)) {
            JarEntry entry = jar.entry(name);
            if (entry != null) {
                found.add(jar.url(entry));
            }
        }
        return Collections.enumeration(found);
    }

    private List<Jar> candidates(String resource) {
        List<Jar> found = new ArrayList<>();
        for (String name : directories.jarsWith(resource)) {
            Jar jar = jars.get(name);
            // The list may name more than was packed.
            if (jar != null) {
                found.add(jar);
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (Jar jar : jars.values()) {
            jar.close();
        }
    }

    /** One of the server's, opened when it is first needed. */
    private static final class Jar {
        private final URL url;
        private final CodeSource source;
        private JarFile file;

        Jar(URL url) {
            this.url = url;
            source = new CodeSource(url, (CodeSigner[]) null);
        }

        synchronized JarFile file() throws IOException {
            if (file == null) {
                file = new JarFile(new File(path()), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
            }
            return file;
        }

        private URI path() throws IOException {
            try {
                return url.toURI();
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }

        JarEntry entry(String name) throws IOException {
            return file().getJarEntry(name);
        }

        byte[] read(JarEntry entry) throws IOException {
            try (InputStream in = file().getInputStream(entry)) {
                return in.readAllBytes();
            }
        }

        URL url(JarEntry entry) throws IOException {
            try {
                String encoded = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
                return new URL("jar:" + url + "!" + encoded);
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }

        synchronized void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
