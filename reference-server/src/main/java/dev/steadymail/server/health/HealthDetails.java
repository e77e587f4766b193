package dev.steadymail.server.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service is doing, and each part that it stands on.
 *
 * @param status healthy, degraded or unhealthy
 */
record HealthDetails(String status, List<Check> checks) {
    /**
     * One part.
     *
     * @param status healthy, degraded, unhealthy, or unused where there is no such part
     * @param latencyMillis how long the part took to answer last; null where it is not asked
     * @param lastSyncAt when a sync of any account succeeded last, for the check of syncs; null before the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Check(
            String name,
            String status,
            @Nullable Long latencyMillis,
            @Nullable Instant lastSyncAt) {}
}
