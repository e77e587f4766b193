package dev.steadymail.sync;

import dev.steadymail.provider.ChangePage.Gap;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gap in what a provider could tell, closed by comparing ids: what was found is exactly what was missing.
 *
 * @param gaps why, and in which mailboxes
 * @param since when the last run began that came to its end: what is older had been told; null where no run is known
 * @param until when the run began that closed the gap
 * @param created emails that were missing
 * @param updated emails whose mailboxes, keywords or id had changed
 * @param destroyed emails that had gone
 */
public record GapReport(
        Set<Gap> gaps, @Nullable Instant since, Instant until, long created, long updated, long destroyed) {
    public GapReport {
        gaps = Set.copyOf(gaps);
    }
}
