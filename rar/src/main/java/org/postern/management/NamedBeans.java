package org.postern.management;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.postern.administration.Beans;
import org.postern.administration.DescribedBean;

/** Beans of one type, one for each name of something that comes and goes. */
final class NamedBeans implements AutoCloseable {

    private final Beans beans;
    private final String type;
    private final Supplier<? extends Collection<String>> names;
    private final Function<String, ? extends DescribedBean> maker;
    private final Map<String, Beans.Registration> registered = new HashMap<>();
    private boolean closed;

    /**
     * Makes it, without any beans.
     *
     * @param beans where they are registered
     * @param type their type
     * @param names tells what there is
     * @param maker makes the bean of a name
     */
    NamedBeans(
            Beans beans,
            String type,
            Supplier<? extends Collection<String>> names,
            Function<String, ? extends DescribedBean> maker) {
        this.beans = beans;
        this.type = type;
        this.names = names;
        this.maker = maker;
    }

    /** Registers beans for what has come, and unregisters those of what has gone. */
    synchronized void follow() {
        if (closed) {
            return;
        }
        // Asked here and once: what another thread does meanwhile is followed by its own call.
        Collection<String> present = names.get();
        Set<String> gone = new HashSet<>(registered.keySet());
        gone.removeAll(Set.copyOf(present));
        gone.forEach(name -> registered.remove(name).close());
        present.forEach(name -> registered.computeIfAbsent(name, this::register));
    }

    /** The beans are unregistered; none is registered any more. */
    @Override
    public synchronized void close() {
        closed = true;
        registered.values().forEach(Beans.Registration::close);
        registered.clear();
    }

    private Beans.Registration register(String name) {
        return beans.register(maker.apply(name), type, name);
    }
}
