package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings a {@link SyncStore} up to date with a mailbox. After any crash, cut or expired cursor, running it again makes the store
 * equal to the mailbox. The first run reads everything and keeps a checkpoint per page; later runs read what changed.
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
        SyncTally tally = new SyncTally();
        retryParked(tally);
        while (true) {
            ChangePage page = nextPage();
            apply(page, tally);
            SyncReport report = tally.report(store);
            progress.accept(report);
            if (page.last()) {
                return report;
            }
        }
    }

    private ChangePage nextPage() {
        ChangeRequest request =
                new ChangeRequest(store.cursor().orElse(null), store.known(), options.scope(), options.pageSize());
        return provider.changes(request, call());
    }

    private void apply(ChangePage page, SyncTally tally) {
        PageContent content = PageContent.of(page);
        Loaded loaded = load(content.appeared());
        SyncBatch batch = content.batch(loaded);
        tally.count(page, batch, store);
        store.apply(batch);
    }

    /** Parked emails get another try at the start of every run, under the cursor that is there. */
    private void retryParked(SyncTally tally) {
        List<EmailId> ids = store.parked().stream().map(ParkedEmail::id).toList();
        if (ids.isEmpty() || store.cursor().isEmpty()) {
            return;
        }
        Loaded loaded = load(ids);
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

    private Loaded load(List<EmailId> ids) {
        return ids.isEmpty()
                ? new Loaded(List.of(), List.of())
                : loader.load(new ArrayList<>(ids), time.deadline(options.pageTimeout()));
    }

    private Call call() {
        return new Call(time.deadline(options.pageTimeout()));
    }

    /**
     * How a sync runs.
     *
     * @param scope mailboxes to keep up to date; empty for all
     * @param pageSize emails to read between two checkpoints, at least 1
     * @param pageTimeout the longest that listing one page, or reading it, may take
     */
    public record SyncOptions(Set<MailboxId> scope, int pageSize, Duration pageTimeout) {
        /** All mailboxes, 100 emails a page, 5 minutes. */
        public static final SyncOptions DEFAULT = new SyncOptions(Set.of(), 100, Duration.ofMinutes(5));

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
            return new PageContent(appeared, others, page);
        }

        SyncBatch batch(Loaded loaded) {
            SyncBatch.Builder batch = SyncBatch.to(page.next());
            others.forEach(change -> add(change, batch));
            loaded.emails().forEach(batch::create);
            loaded.parked().forEach(batch::park);
            return batch.build();
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
