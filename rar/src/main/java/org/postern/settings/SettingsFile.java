package org.postern.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The file that keeps what was changed at run time: Java properties in UTF-8, readable by its owner only. */
public final class SettingsFile {

    private static final String COMMENT =
            " Settings changed at run time. Written by Postern; change it only while Postern is stopped.";

    private final Optional<Path> path;
    private final boolean usedBefore;

    /**
     * Makes one.
     *
     * @param path the file
     * @param usedBefore whether the data directory was in use before, so that a missing file is a lost one
     */
    public SettingsFile(Path path, boolean usedBefore) {
        this(Optional.of(path), usedBefore);
    }

    private SettingsFile(Optional<Path> path, boolean usedBefore) {
        this.path = path;
        this.usedBefore = usedBefore;
    }

    /** {@return stands in where there is no data directory: nothing was changed, and nothing can be} */
    public static SettingsFile none() {
        return new SettingsFile(Optional.empty(), false);
    }

    /** {@return the settings file of a data directory, which was in use before if there are certificates in it} */
    public static SettingsFile in(DataDirectory directory) {
        try (var entries = Files.list(directory.certificates())) {
            return new SettingsFile(directory.settingsFile(), entries.findAny().isPresent());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The folder " + directory.certificates() + " cannot be read: " + e + ".", e);
        }
    }

    /**
     * Reads the file, or writes an empty one at the very first start.
     *
     * @return the texts by the name of the setting; empty if the file cannot be read or was lost
     */
    Optional<Map<String, String>> read() {
        return path.isEmpty() ? Optional.of(Map.of()) : read(path.get());
    }

    private Optional<Map<String, String>> read(Path file) {
        try {
            if (!Files.exists(file) && !usedBefore) {
                write(Map.of());
            }
            // Never written empty: such a file was cut off.
            return Files.size(file) == 0 ? Optional.empty() : Optional.of(parse(file));
        } catch (IOException | IllegalArgumentException e) {
            System.getLogger(SettingsFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "The settings file " + file + " could not be read.", e);
            return Optional.empty();
        }
    }

    /**
     * Replaces the content of the file.
     *
     * @param texts the texts by the name of the setting
     * @throws IOException if they are not on the disk; then the old content is
     */
    void write(Map<String, String> texts) throws IOException {
        Path file = path.orElseThrow(() -> new IOException("there is no data directory"));
        var properties = new Properties();
        properties.putAll(new TreeMap<>(texts));
        var writer = new StringWriter();
        properties.store(writer, COMMENT);
        DurableFile.replace(file, writer.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return path.map(Path::toString).orElse("");
    }

    private Map<String, String> parse(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        var texts = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }
}
