package dev.steadymail.cache.shared;

import java.util.Set;

/**
 * A reading from the provider that is about to begin.
 *
 * @param position where it begins in the order of touches: what a later touch names is not kept from it
 * @param startedAt milliseconds of the level's clock
 * @param granted what is to be read now; the rest of what was asked for is being read by another process
 * @param token names this reading
 * @param found what another process has kept just before
 */
public record Begun(long position, long startedAt, Set<String> granted, String token, Found found) {
    public Begun {
        granted = Set.copyOf(granted);
    }

    @Override
    public String toString() {
        return "Begun[position=" + position + ", " + granted.size() + " granted]";
    }
}
