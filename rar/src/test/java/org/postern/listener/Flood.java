package org.postern.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.postern.container.TestClient;

/** Many connections from one address, from which nobody else comes. */
final class Flood implements AutoCloseable {

    private static final byte[] ADDRESS = {127, 0, 0, 2};

    private final List<TestClient> clients = new ArrayList<>();

    /** What a connection of it does when it is open. */
    @FunctionalInterface
    interface Beginning {

        /** Nothing: it is silent. */
        Beginning SILENCE = client -> {};

        /** Does it. */
        void with(TestClient client) throws IOException;
    }

    /** Opens connections, one behind the other, and keeps them. */
    Flood(InetSocketAddress server, int connections, Beginning beginning) throws IOException {
        for (int i = 0; i < connections; i++) {
            TestClient client = new TestClient(server, InetAddress.getByAddress(ADDRESS));
            clients.add(client);
            try {
                beginning.with(client);
            } catch (IOException turnedAway) {
                // It finds that out again when it reads.
            }
        }
    }

    /** {@return whether this machine has the address} */
    static boolean isPossible() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(ADDRESS))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return the next line that each reads; empty for none} */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (TestClient client : clients) {
            lines.add(line(client));
        }
        return lines;
    }

    /** Waits until the server has ended all of them. */
    void awaitEnd() throws IOException {
        for (TestClient client : clients) {
            for (String line = line(client); !line.isEmpty(); ) {
                line = line(client);
            }
        }
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }

    /** Ends all of them from here. */
    void hangUp() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
    }

    private static String line(TestClient client) throws IOException {
        try {
            String line = client.line();
            return line == null ? "" : line;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return "";
        }
    }
}
