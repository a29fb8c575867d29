package org.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** CPU time of processes, from the kernel's book-keeping: proc(5). */
final class CpuTime {

    /** The clock tick of all kinds of Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int AFTER_NAME_UTIME = 11;

    private CpuTime() {}

    /** {@return seconds, user and system, that a process, its descendants and those of them that have ended took so far} */
    static double of(long pid) {
        LongStream descendants = ProcessHandle.of(pid)
                .map(process -> process.descendants().mapToLong(ProcessHandle::pid))
                .orElseGet(LongStream::empty);
        return LongStream.concat(LongStream.of(pid), descendants)
                        .map(CpuTime::ticks)
                        .sum()
                / TICKS_PER_SECOND;
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            // utime, stime, and both of the children that were waited for.
            for (int i = AFTER_NAME_UTIME; i < AFTER_NAME_UTIME + 4; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        } catch (NoSuchFileException e) {
            // It has just ended: its parent has its time now.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
