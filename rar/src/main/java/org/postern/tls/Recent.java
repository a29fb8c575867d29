package org.postern.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was found out lately. Where there is too much of it, what was asked for longest ago is forgotten. For any thread. */
final class Recent<K, V> {

    private final Map<K, V> entries;

    Recent(int most) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }
}
