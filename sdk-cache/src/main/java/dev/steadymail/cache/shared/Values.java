package dev.steadymail.cache.shared;

import java.util.Map;

/**
 * What a reading brought.
 *
 * @param changing what may change
 * @param lasting what never changes
 */
public record Values(Map<SharedName, byte[]> changing, Map<LastingName, byte[]> lasting) {
    /** Nothing: the reading failed, or found nothing to keep. */
    public static final Values NONE = new Values(Map.of(), Map.of());

    public Values {
        changing = Map.copyOf(changing);
        lasting = Map.copyOf(lasting);
    }
}
