package org.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.postern.test.ChildProcess;

/** A sender in a process that lives as long as the benchmark, as a warm JVM is what is measured, and that does as it is told. */
final class CommandedSender implements OutboundSender {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final double resumedShare;
    private final ChildProcess process;
    private final Socket line;
    private final BufferedReader answers;
    private final PrintWriter commands;

    /** How a process is started, if it is told where to connect to. */
    @FunctionalInterface
    interface Start {
        ChildProcess process(int controlPort) throws IOException;
    }

    private CommandedSender(String name, double resumedShare, ChildProcess process, Socket line) throws IOException {
        this.name = name;
        this.resumedShare = resumedShare;
        this.process = process;
        this.line = line;
        answers = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
        commands = new PrintWriter(line.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts one, and waits until it is there; with a share of 0 it never resumes a TLS session. */
    static CommandedSender start(String name, double resumedShare, Start start) throws IOException {
        try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            control.setSoTimeout((int) PATIENCE.toMillis());
            ChildProcess process = start.process(control.getLocalPort());
            try {
                Socket line = control.accept();
                line.setSoTimeout((int) PATIENCE.toMillis());
                return new CommandedSender(name, resumedShare, process, line);
            } catch (IOException e) {
                process.close();
                throw new IOException(name + " did not start: " + process.output(), e);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean can(Way way) {
        return resumedShare > 0 || !way.isResumed();
    }

    @Override
    public double resumedShare() {
        return resumedShare;
    }

    @Override
    public Round send(Way way, int port, Path message, int count) throws IOException {
        double cpu = CpuTime.of(process.pid());
        long start = System.nanoTime();
        commands.println(new Commanded.Command(port, way.isKept(), count, Way.CONNECTIONS, message));
        String answer = answers.readLine();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Commanded.SENT.equals(answer)) {
            throw new IOException(name + " failed: " + answer + "\n" + process.output());
        }
        return new Round((CpuTime.of(process.pid()) - cpu) * 1e3 / count, count / seconds);
    }

    @Override
    public void close() throws IOException {
        line.close();
        process.close();
    }
}
