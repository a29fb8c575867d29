package org.postern.tls;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is said about domains: {@code example.org} is about just this, {@code .example.org} about all below it, {@code *} about
 * all. The most specific that there is holds.
 *
 * @param <T> what is said
 */
final class DomainTable<T> {

    private final Map<String, T> byPattern;

    DomainTable(Collection<T> all, Function<T, String> pattern) {
        Map<String, T> map = new LinkedHashMap<>();
        for (T one : all) {
            if (map.putIfAbsent(pattern.apply(one), one) != null) {
                throw new IllegalArgumentException("There is more than one entry for " + pattern.apply(one) + ".");
            }
        }
        byPattern = Collections.unmodifiableMap(map);
    }

    Map<String, T> byPattern() {
        return byPattern;
    }

    /** {@return the most specific that is accepted} */
    Optional<T> find(String domain, Predicate<T> accepted) {
        String name = DomainName.ascii(domain);
        Optional<T> found = at(name, accepted);
        for (int dot = name.indexOf('.'); found.isEmpty() && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            found = at(name.substring(dot), accepted);
        }
        return found.or(() -> at("*", accepted));
    }

    private Optional<T> at(String pattern, Predicate<T> accepted) {
        return Optional.ofNullable(byPattern.get(pattern)).filter(accepted);
    }
}
