package dev.steadymail.server.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether accounts are being synced, by what this process remembers. It asks for no row of any tenant, which a thread that works for none
 * does not see, and needs no right to go around the wall. The price: each server of several knows its own syncs alone, and after a start
 * nothing of those before it. Thread-safe.
 */
public final class SyncActivity {
    private final JdbcTemplate jdbc;
    private final Duration limit;
    private final InstantSource clock;
    private final Instant began;
    private volatile @Nullable Instant last;

    /**
     * Begins to watch.
     *
     * @param limit how long there may be no sync that succeeds
     */
    public SyncActivity(JdbcTemplate jdbc, Duration limit, InstantSource clock) {
        this.jdbc = jdbc;
        this.limit = limit;
        this.clock = clock;
        this.began = clock.instant();
    }

    /** Tells that a sync of an account succeeded just now. */
    public void succeeded() {
        last = clock.instant();
    }

    /** Returns when a sync succeeded last; empty before the first. */
    public Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    /** Returns whether a sync succeeded lately, or this process is too young for one, or there are no accounts. Asks the database. */
    public boolean goesOn() {
        Instant since = last().orElse(began);
        return !since.plus(limit).isBefore(clock.instant()) || !hasAccounts();
    }

    /** The places of accounts are no tenant's own. */
    private boolean hasAccounts() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select exists (select 1 from account_place)", Boolean.class));
    }
}
