package dev.steadymail.cache.redis;

import dev.steadymail.guard.CircuitCause;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pauses that this process said or heard of, until they end, so that they can be said again: the 10,000 that came last. Times are
 * the ticker's. Thread-safe.
 */
final class KnownPauses {
    private static final int MOST = 10_000;

    private final Map<String, Long> ends = new LinkedHashMap<>();

    /** Returns how a scope's pause is named in the store. */
    static String name(String scope, CircuitCause cause) {
        return (cause == CircuitCause.THROTTLED ? "t" : "f") + scope;
    }

    synchronized void remember(String name, long end, long now) {
        Long known = ends.remove(name);
        if (ends.size() >= MOST) {
            ends.values().removeIf(old -> old - now <= 0);
        }
        if (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        ends.put(name, known != null && known - end > 0 ? known : end);
    }

    synchronized void forget(String name) {
        ends.remove(name);
    }

    /** Forgets all pauses of these scopes. */
    synchronized void forgetAll(Collection<String> scopes) {
        if (ends.isEmpty()) {
            return;
        }
        for (String scope : scopes) {
            for (CircuitCause cause : CircuitCause.values()) {
                ends.remove(name(scope, cause));
            }
        }
    }

    /** Returns the nanoseconds left of each. */
    synchronized Map<String, Long> left(long now) {
        ends.values().removeIf(end -> end - now <= 0);
        Map<String, Long> left = new HashMap<>();
        ends.forEach((name, end) -> left.put(name, end - now));
        return left;
    }
}
