package dev.steadymail.cache.shared;

import java.util.Collection;
import java.util.List;

/**
 * What is asked for.
 *
 * @param changing at most a few hundred
 * @param lasting at most a few hundred
 */
public record Wanted(List<SharedName> changing, List<LastingName> lasting) {
    public Wanted {
        changing = List.copyOf(changing);
        lasting = List.copyOf(lasting);
    }

    /** Asks for what may change alone. */
    public static Wanted changing(Collection<SharedName> names) {
        return new Wanted(List.copyOf(names), List.of());
    }

    /** Asks for what never changes alone. */
    public static Wanted lasting(Collection<LastingName> names) {
        return new Wanted(List.of(), List.copyOf(names));
    }
}
