package dev.steadymail.sync;

import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings a {@link SyncStore} up to date with a mailbox. After any crash, cut or expired cursor, running it again makes the store
 * equal to the mailbox. The first run reads everything, newest first, and keeps a checkpoint per page; later runs read what changed.
 *
 * <p>What changed is listed and read in the DELTA lane. First syncs, repairs and new tries of parked emails are BACKFILL: nobody
 * waits for them, and they may be long.
 *
 * <p>What cannot be read or applied is parked with its reason, and the rest goes on. Runs try it again after a rest that doubles each
 * time; {@link #replay} does at once.
 *
 * <p>Where the provider can tell no more what changed since the cursor, as its history expired or a mailbox was numbered anew, the
 * difference is found by comparing. Such batches are of mode RECOVERED, and the report has a {@link GapReport}.
 *
 * <p>One run at a time; a run uses the calling thread.
 */
public final class SyncEngine {
    private final MailProvider provider;
    private final TimeSource time;
    private final SyncStore store;
    private final EmailLoader loader;
    private final SyncOptions options;
    private final @Nullable Telemetry telemetry;

    public SyncEngine(
            MailProvider provider, TimeSource time, SyncStore store, EmailLoader loader, SyncOptions options) {
        this(provider, time, store, loader, options, null);
    }

    /**
     * Returns an engine that tells of its runs. Clients make engines.
     *
     * @param telemetry told at the end of each run, or null
     */
    public SyncEngine(
            MailProvider provider,
            TimeSource time,
            SyncStore store,
            EmailLoader loader,
            SyncOptions options,
            @Nullable Telemetry telemetry) {
        this.provider = provider;
        this.time = time;
        this.store = store;
        this.loader = loader;
        this.options = options;
        this.telemetry = telemetry;
    }

    /**
     * Runs until the store is up to date.
     *
     * @param progress hears after each page, on the calling thread
     * @throws dev.steadymail.mail.MailException where a page could not be read or applied; what was applied before stays, and
     *     the next run goes on from there
     */
    public SyncReport run(Consumer<SyncReport> progress) {
        return told(begin(progress), SyncRun::changes);
    }

    /**
     * Tries parked emails now, whenever they would be due. Others of the ids are passed over.
     *
     * @return what became of them; {@code parked} counts those that still wait
     * @throws dev.steadymail.mail.MailException where they could not be read for a reason that is not theirs
     */
    public SyncReport replay(Collection<EmailId> ids) {
        List<EmailId> asked = List.copyOf(ids);
        return told(begin(report -> {}), run -> run.retry(asked));
    }

    private SyncReport told(SyncRun run, Function<SyncRun, SyncReport> work) {
        return telemetry == null || !telemetry.isOn() ? work.apply(run) : new ToldRun(telemetry).follow(run, work);
    }

    private SyncRun begin(Consumer<SyncReport> progress) {
        return new SyncRun(provider, time, store, loader, options, progress);
    }

    /**
     * How a sync runs.
     *
     * @param scope mailboxes to keep up to date; empty for all
     * @param pageSize emails to read between two checkpoints, at least 1; the very first page has 100 at most, so that it comes soon
     * @param pageTimeout the longest that listing one page, or reading it, may take
     * @param firstRest how long an email that was parked rests before its first new try; zero for a try in every run
     * @param longestRest what the rest, doubled with each try, comes to at most; a year at most
     */
    public record SyncOptions(
            Set<MailboxId> scope, int pageSize, Duration pageTimeout, Duration firstRest, Duration longestRest) {
        private static final Duration YEAR = Duration.ofDays(366);

        /** All mailboxes, 500 emails a page, 5 minutes; parked emails rest a minute at first and six hours at last. */
        public static final SyncOptions DEFAULT =
                new SyncOptions(Set.of(), 500, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofHours(6));

        public SyncOptions {
            scope = Set.copyOf(scope);
            if (pageSize < 1) {
                throw new IllegalArgumentException("pageSize must be at least 1, was " + pageSize);
            }
            if (firstRest.isNegative() || longestRest.compareTo(firstRest) < 0 || longestRest.compareTo(YEAR) > 0) {
                throw new IllegalArgumentException(
                        "rests must be at least zero and at most a year, and the longest not below the first");
            }
        }

        /** Options by which every run tries all parked emails: for runs that somebody starts by hand. */
        public SyncOptions(Set<MailboxId> scope, int pageSize, Duration pageTimeout) {
            this(scope, pageSize, pageTimeout, Duration.ZERO, Duration.ZERO);
        }
    }
}
