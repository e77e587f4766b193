package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a {@link SyncStore} up to date with a mailbox. After any crash, cut or expired cursor, running it again makes the store
 * equal to the mailbox. The first run reads everything and keeps a checkpoint per page; later runs read what changed.
 *
 * <p>What changed is listed and read in the DELTA lane. First syncs, repairs and new tries of parked emails are BACKFILL: nobody
 * waits for them, and they may be long.
 *
 * <p>One run at a time; a run uses the calling thread.
 */
public final class SyncEngine {
    private final MailProvider provider;
    private final TimeSource time;
    private final SyncStore store;
    private final EmailLoader loader;
    private final SyncOptions options;

    public SyncEngine(
            MailProvider provider, TimeSource time, SyncStore store, EmailLoader loader, SyncOptions options) {
        this.provider = provider;
        this.time = time;
        this.store = store;
        this.loader = loader;
        this.options = options;
    }

    /**
     * Runs until the store is up to date.
     *
     * @param progress hears after each page, on the calling thread
     * @throws dev.steadymail.mail.MailException where a page could not be read or applied; what was applied before stays, and
     *     the next run goes on from there
     */
    public SyncReport run(Consumer<SyncReport> progress) {
        List<EmailId> parkedBefore =
                store.parked().stream().map(ParkedEmail::id).toList();
        SyncTally tally = new SyncTally();
        Lane lane = store.cursor().isPresent() ? Lane.DELTA : Lane.BACKFILL;
        boolean last = false;
        while (!last) {
            ChangePage page = nextPage(lane);
            requireProgress(page);
            // A page tells what it is part of only when it is there: a walk that goes on from a cursor asks once as
            // DELTA.
            lane = page.mode() == Mode.INCREMENTAL ? Lane.DELTA : Lane.BACKFILL;
            apply(page, lane, tally);
            progress.accept(tally.report(store));
            last = page.last();
        }
        retryParked(parkedBefore, tally, progress);
        return tally.report(store);
    }

    private ChangePage nextPage(Lane lane) {
        ChangeRequest request =
                new ChangeRequest(store.cursor().orElse(null), store.known(), options.scope(), options.pageSize());
        return provider.changes(request, call(lane));
    }

    /** A page that changes nothing and leads nowhere would be asked for again for ever. */
    private void requireProgress(ChangePage page) {
        if (!page.last()
                && page.changes().isEmpty()
                && store.cursor().filter(page.next()::equals).isPresent()) {
            throw MailException.of(
                    MailException.Kind.PROTOCOL, "the provider answers with the cursor it was asked with; report this");
        }
    }

    private void apply(ChangePage page, Lane lane, SyncTally tally) {
        PageContent content = PageContent.of(page);
        Loaded loaded = load(content.appeared(), lane);
        SyncBatch batch = content.batch(loaded);
        tally.count(page, batch, store);
        store.apply(batch);
    }

    /**
     * Parked emails get another try in every run, under the cursor that is there: last, so that an email that fails a whole load
     * holds up no change, and in parts, so that one try fits the time of a page however many are parked.
     */
    private void retryParked(List<EmailId> parkedBefore, SyncTally tally, Consumer<SyncReport> progress) {
        Set<EmailId> parked = store.parked().stream().map(ParkedEmail::id).collect(Collectors.toSet());
        List<EmailId> ids = parkedBefore.stream().filter(parked::contains).toList();
        for (int from = 0; from < ids.size(); from += options.pageSize()) {
            retry(ids.subList(from, Math.min(ids.size(), from + options.pageSize())), tally);
            progress.accept(tally.report(store));
        }
    }

    private void retry(List<EmailId> ids, SyncTally tally) {
        Loaded loaded = load(ids, Lane.BACKFILL);
        SyncBatch.Builder batch = SyncBatch.to(store.cursor().orElseThrow());
        Set<EmailId> gone = new LinkedHashSet<>(ids);
        loaded.emails().forEach(email -> {
            batch.create(email);
            gone.remove(email.id());
        });
        loaded.parked().forEach(email -> {
            batch.park(email);
            gone.remove(email.id());
        });
        gone.forEach(batch::destroy);
        SyncBatch built = batch.build();
        tally.countCreated(built, store);
        store.apply(built);
    }

    private Loaded load(List<EmailId> ids, Lane lane) {
        return ids.isEmpty() ? new Loaded(List.of(), List.of()) : loader.load(new ArrayList<>(ids), call(lane));
    }

    private Call call(Lane lane) {
        return new Call(time.deadline(options.pageTimeout()), lane);
    }

    /**
     * How a sync runs.
     *
     * @param scope mailboxes to keep up to date; empty for all
     * @param pageSize emails to read between two checkpoints, at least 1
     * @param pageTimeout the longest that listing one page, or reading it, may take
     */
    public record SyncOptions(Set<MailboxId> scope, int pageSize, Duration pageTimeout) {
        /** All mailboxes, 500 emails a page, 5 minutes. */
        public static final SyncOptions DEFAULT = new SyncOptions(Set.of(), 500, Duration.ofMinutes(5));

        public SyncOptions {
            scope = Set.copyOf(scope);
            if (pageSize < 1) {
                throw new IllegalArgumentException("pageSize must be at least 1, was " + pageSize);
            }
        }
    }

    /** The changes of one page, sorted by what has to be done with them. */
    private record PageContent(List<EmailId> appeared, List<Change> others, ChangePage page) {
        static PageContent of(ChangePage page) {
            List<EmailId> appeared = new ArrayList<>();
            List<Change> others = new ArrayList<>();
            for (Change change : page.changes()) {
                if (change instanceof Change.Appeared email) {
                    appeared.add(email.id());
                } else {
                    others.add(change);
                }
            }
            others.removeAll(undone(page.changes()));
            return new PageContent(appeared, others, page);
        }

        /** A batch destroys last, so an id that vanished and then came into use again must not be destroyed any more. */
        private static Set<Change> undone(List<Change> changes) {
            Set<Change> undone = new HashSet<>();
            Set<Change> vanished = new HashSet<>();
            for (Change change : changes) {
                EmailId back = broughtBack(change);
                if (back != null && vanished.remove(new Change.Vanished(back))) {
                    undone.add(new Change.Vanished(back));
                } else if (change instanceof Change.Vanished) {
                    vanished.add(change);
                    undone.remove(change);
                }
            }
            return undone;
        }

        private static @Nullable EmailId broughtBack(Change change) {
            if (change instanceof Change.Relocated relocated) {
                return relocated.to();
            }
            return change instanceof Change.Appeared appeared ? appeared.id() : null;
        }

        SyncBatch batch(Loaded loaded) {
            SyncBatch.Builder batch = SyncBatch.to(page.next());
            others.forEach(change -> add(change, batch));
            loaded.emails().forEach(batch::create);
            loaded.parked().forEach(batch::park);
            goneMeanwhile(loaded).forEach(batch::destroy);
            return batch.build();
        }

        /** Ids that were not read although they appeared: whatever was known or parked under them is no more. */
        private Set<EmailId> goneMeanwhile(Loaded loaded) {
            Set<EmailId> gone = new LinkedHashSet<>(appeared);
            loaded.emails().forEach(email -> gone.remove(email.id()));
            loaded.parked().forEach(email -> gone.remove(email.id()));
            return gone;
        }

        private static void add(Change change, SyncBatch.Builder batch) {
            if (change instanceof Change.MailboxSaved saved) {
                batch.save(saved.mailbox());
            } else if (change instanceof Change.MailboxGone gone) {
                batch.drop(gone.id());
            } else if (change instanceof Change.Relocated relocated) {
                batch.relocate(relocated);
            } else if (change instanceof Change.Updated updated) {
                batch.update(updated);
            } else if (change instanceof Change.Vanished vanished) {
                batch.destroy(vanished.id());
            }
        }
    }
}
