package org.postern.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.postern.administration.SettingValues;
import org.postern.content.Spool;
import org.postern.network.EventLoops;
import org.postern.settings.Change;
import org.postern.tls.PeerTable;
import org.postern.tls.ServerTls;

/**
 * The SMTP listener: its ports, and the connections on them. It is opened when there is somebody to take mail, and closed when
 * there is nobody any more; it can be opened again.
 */
public final class Listener {

    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    private final EventLoops loops;
    private final Reception reception;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile Optional<Ports> ports = Optional.empty();

    private Listener(EventLoops loops, Reception reception) {
        this.loops = loops;
        this.reception = reception;
    }

    /**
     * What a listener works with.
     *
     * @param settings the values in force
     * @param tls what is in force of TLS; a session goes by what it finds at its start
     * @param trusted whether a peer belongs to the trusted networks
     * @param hostName this gateway's name
     * @param clock the time
     * @param peers remembers what TLS was had with whom
     */
    public record Environment(
            SettingValues settings,
            Supplier<ServerTls> tls,
            Predicate<InetSocketAddress> trusted,
            String hostName,
            Clock clock,
            PeerTable peers) {}

    /**
     * Makes a listener without opening it.
     *
     * @param loops its event loops
     * @param environment what it works with
     * @param deliveries what becomes of mail
     * @param spool where content goes
     * @return the listener
     */
    public static Listener create(EventLoops loops, Environment environment, Deliveries deliveries, Spool spool) {
        var ids = new MessageIds(environment.clock());
        var statistics = new Statistics();
        var door = new Door(environment.settings(), environment.trusted(), statistics, System::nanoTime);
        return new Listener(loops, new Reception(environment, deliveries, spool, statistics, ids, door));
    }

    /**
     * Takes the ports and begins to accept. Does nothing when it is open.
     *
     * @throws IOException if a port cannot be taken, with a full sentence; then none is
     */
    public synchronized void open() throws IOException {
        if (ports.isEmpty()) {
            ports = Optional.of(Ports.bind(loops, reception, this));
        }
    }

    /**
     * Gives the ports back, tells idle sessions that it is over (421 4.3.2), and waits for messages under way.
     *
     * @param patience how long to wait; what is still open then is closed
     */
    public synchronized void close(Duration patience) {
        ports.ifPresent(Ports::close);
        ports = Optional.empty();
        connections.forEach(Connection::shutDown);
        try {
            if (!awaitConnections(patience)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} sessions did not end within {1} seconds and were cut off.",
                        connections.size(),
                        patience.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::abort);
    }

    private boolean awaitConnections(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (connections) {
            while (!connections.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                connections.wait(left);
            }
        }
        return true;
    }

    /**
     * To be called when a setting was changed: limits of time hold for sessions that wait already, too.
     *
     * @param change the change, which has come into force
     */
    public void changed(Change change) {
        if (Patience.goesBy(change.setting())) {
            connections.forEach(Connection::lookAgain);
        }
    }

    /** Answers new sessions 421 4.3.2 from now on; those under way go on. */
    public void pause() {
        reception.door().pause();
    }

    /** Takes new sessions again. */
    public void resume() {
        reception.door().resume();
    }

    /** {@return whether new sessions are turned away} */
    public boolean isPaused() {
        return reception.door().isPaused();
    }

    /** {@return whether the ports are taken} */
    public boolean isOpen() {
        return ports.isPresent();
    }

    /** {@return addresses and ports with STARTTLS, as they were really taken; empty while closed} */
    public List<InetSocketAddress> addresses() {
        return ports.map(p -> p.addresses(false)).orElse(List.of());
    }

    /** {@return addresses and ports with implicit TLS, as they were really taken; empty while closed} */
    public List<InetSocketAddress> implicitTlsAddresses() {
        return ports.map(p -> p.addresses(true)).orElse(List.of());
    }

    /** {@return the number of sessions at this moment} */
    public int sessions() {
        return connections.size();
    }

    /** {@return what was counted} */
    public Statistics statistics() {
        return reception.statistics();
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
        if (connections.isEmpty()) {
            synchronized (connections) {
                connections.notifyAll();
            }
        }
    }
}
