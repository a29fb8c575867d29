package org.postern.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Listens at a free port of this machine, and has each connection served on a thread of its own. */
final class Acceptor implements AutoCloseable {

    private static final int WAITING = 50;

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Listens at an address, such as {@code 127.0.0.1}; the service closes what it is given. */
    Acceptor(String address, Consumer<Socket> service) throws IOException {
        listener = new ServerSocket(0, WAITING, InetAddress.getByName(address));
        threads.execute(() -> accept(service));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept(Consumer<Socket> service) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> service.accept(socket));
            } catch (IOException closed) {
                continue;
            }
        }
    }
}
