package org.postern.listener;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of those who come: who has sessions, and, as long as a rate of theirs matters, who had. The latter are a bounded
 * number, the oldest of which are forgotten first, so that no flood of addresses fills the memory.
 */
final class Visitors {

    private final int mostAbsent;
    private final Map<Origin, Visitor> present = new HashMap<>();
    private final LinkedHashMap<Origin, Visitor> absent = new LinkedHashMap<>();

    /** One origin. */
    static final class Visitor {
        private final Origin origin;
        final Rate sessionsBegun = new Rate();
        final Rate messagesBegun = new Rate();
        private int sessions;

        private Visitor(Origin origin) {
            this.origin = origin;
        }

        int sessions() {
            return sessions;
        }
    }

    Visitors(int mostAbsent) {
        this.mostAbsent = mostAbsent;
    }

    /** {@return what is known of an origin; it is not kept unless it enters} */
    Visitor find(Origin origin) {
        Visitor visitor = present.get(origin);
        return Optional.ofNullable(visitor != null ? visitor : absent.get(origin))
                .orElseGet(() -> new Visitor(origin));
    }

    void enter(Visitor visitor) {
        if (visitor.sessions++ == 0) {
            absent.remove(visitor.origin);
            present.put(visitor.origin, visitor);
        }
    }

    void leave(Visitor visitor, long now) {
        if (--visitor.sessions > 0) {
            return;
        }
        present.remove(visitor.origin);
        if (!isForgettable(visitor, now)) {
            absent.put(visitor.origin, visitor);
            forget(now);
        }
    }

    /** {@return how many are known} */
    int size() {
        return present.size() + absent.size();
    }

    /** Those at the head left first: what matters no more is there. */
    private void forget(long now) {
        Iterator<Visitor> oldest = absent.values().iterator();
        while (oldest.hasNext() && (isForgettable(oldest.next(), now) || absent.size() > mostAbsent)) {
            oldest.remove();
        }
    }

    private static boolean isForgettable(Visitor visitor, long now) {
        return visitor.sessionsBegun.isOver(now) && visitor.messagesBegun.isOver(now);
    }
}
