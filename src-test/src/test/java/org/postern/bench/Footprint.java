package org.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.postern.test.ChildProcess;

/**
 * The memory that a server holds. Of a JVM that is what is alive in its heap, as all else there is garbage or room that it took in
 * advance, and what is resident outside of the heap. Of others it is what is resident, for all processes together, pages that
 * several share divided among them: proc(5).
 */
final class Footprint {

    private static final int HEXADECIMAL = 16;
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");

    private Footprint() {}

    /** {@return how much it holds, in KB} */
    static double of(Peer peer) throws IOException {
        return peer.runsOnJava() ? ofJava(peer.pid()) : ofAllProcesses(peer.pid());
    }

    private static double ofJava(long pid) throws IOException {
        jcmd(pid, "GC.run");
        // Collects garbage once more, and so what was ended by the first time.
        double alive = number(jcmd(pid, "GC.class_histogram"), "Total +\\d+ +(\\d+)", 10) / 1024.0;
        long begin = number(jcmd(pid, "GC.heap_info"), "\\[0x([0-9a-f]+)", HEXADECIMAL);
        long end = begin + number(jcmd(pid, "VM.flags"), "MaxHeapSize=(\\d+)", 10);
        return alive + resident(pid, begin, end);
    }

    /** Without what lies between two addresses. */
    private static long resident(long pid, long begin, long end) throws IOException {
        long sum = 0;
        long address = 0;
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.matches()) {
                address = Long.parseUnsignedLong(mapping.group(1), HEXADECIMAL);
            } else if (Long.compareUnsigned(address, begin) < 0 || Long.compareUnsigned(address, end) >= 0) {
                sum += shareOf(line);
            }
        }
        return sum;
    }

    private static double ofAllProcesses(long pid) {
        LongStream descendants = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid);
        return LongStream.concat(LongStream.of(pid), descendants)
                .map(Footprint::ofProcess)
                .sum();
    }

    private static long ofProcess(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                    .mapToLong(Footprint::shareOf)
                    .sum();
        } catch (NoSuchFileException e) {
            // It has just ended.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return KB of a line such as "Pss: 12 kB"; 0 for any other line} */
    private static long shareOf(String line) {
        return line.startsWith("Pss:") ? Long.parseLong(line.replaceAll("[^0-9]", "")) : 0;
    }

    private static String jcmd(long pid, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (ChildProcess process =
                ChildProcess.start(Path.of("."), Map.of(), "", List.of(jcmd, Long.toString(pid), command))) {
            if (process.awaitExit() != 0) {
                throw new IOException("jcmd failed: " + process.output());
            }
            return process.output();
        }
    }

    private static long number(String text, String pattern, int radix) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("There is no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1), radix);
    }
}
