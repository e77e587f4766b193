package dev.steadymail.cache.shared;

import java.util.Map;

/**
 * What a level has of what was asked for.
 *
 * @param changing values that may have changed since, and that no touch made too old as far as the level knows
 * @param lasting values that never change
 */
public record Found(Map<SharedName, Dated> changing, Map<LastingName, byte[]> lasting) {
    /** Nothing at all. */
    public static final Found NOTHING = new Found(Map.of(), Map.of());

    public Found {
        changing = Map.copyOf(changing);
        lasting = Map.copyOf(lasting);
    }
}
