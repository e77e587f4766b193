package dev.steadymail.sync;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One run of an engine. */
final class SyncRun {
    /** A first run shows the newest emails soon, in a page that is read at once. */
    private static final int FIRST_PAGE = 100;

    /** How far clocks may differ, and mail be on its way, before what arrives counts as old. */
    private static final Duration ALLOWANCE = Duration.ofDays(1);

    private final MailProvider provider;
    private final TimeSource time;
    private final SyncStore store;
    private final EmailLoader loader;
    private final SyncOptions options;
    private final Consumer<SyncReport> progress;
    private final SyncTally tally = new SyncTally();
    private final BatchParts parts;
    private final ParkedTries tries;
    private final Instant began;
    private final long beganNanos;
    private CursorStamp stamp;
    private final CursorStamp before;

    SyncRun(
            MailProvider provider,
            TimeSource time,
            SyncStore store,
            EmailLoader loader,
            SyncOptions options,
            Consumer<SyncReport> progress) {
        this.provider = provider;
        this.time = time;
        this.store = store;
        this.loader = loader;
        this.options = options;
        this.progress = progress;
        this.parts = new BatchParts(store, tally::count);
        this.began = time.now().truncatedTo(ChronoUnit.MILLIS);
        this.beganNanos = time.nanoTime();
        this.tries = new ParkedTries(store.parked(), options, began);
        this.stamp = CursorStamp.of(store.cursor());
        this.before = stamp;
    }

    SyncReport changes() {
        Lane lane = stamp.cursor() == null ? Lane.BACKFILL : Lane.DELTA;
        boolean last = false;
        while (!last) {
            ChangePage page = nextPage(lane);
            requireProgress(page);
            // A page tells what it is part of only when it is there: a walk that goes on from a cursor asks once as
            // DELTA.
            lane = page.mode() == Mode.INCREMENTAL ? Lane.DELTA : Lane.BACKFILL;
            apply(page, lane);
            progress.accept(report());
            last = page.last();
        }
        return retry(tries.due());
    }

    private ChangePage nextPage(Lane lane) {
        int most = stamp.cursor() == null ? Math.min(FIRST_PAGE, options.pageSize()) : options.pageSize();
        return provider.changes(new ChangeRequest(stamp.cursor(), store.known(), options.scope(), most), call(lane));
    }

    /** A page that changes nothing and leads nowhere would be asked for again for ever. */
    private void requireProgress(ChangePage page) {
        if (!page.last() && page.changes().isEmpty() && page.next().equals(stamp.cursor())) {
            throw MailException.of(
                    MailException.Kind.PROTOCOL, "the provider answers with the cursor it was asked with; report this");
        }
    }

    private void apply(ChangePage page, Lane lane) {
        PageContent content = PageContent.of(page);
        Loaded loaded = load(content.appeared(), lane);
        CursorStamp next = stamp.after(page.next(), page.last(), began);
        SyncBatch.Builder batch = SyncBatch.to(next.toCursor()).mode(page.mode());
        add(loaded, page.mode(), batch);
        content.addTo(batch, loaded);
        tally.page(page);
        parts.apply(batch.build(), stamp.toCursor(), tries);
        stamp = next;
    }

    private void add(Loaded loaded, Mode mode, SyncBatch.Builder batch) {
        Set<EmailId> known =
                store.known().present(loaded.emails().stream().map(Email::id).toList());
        for (Email email : loaded.emails()) {
            batch.create(withAncestry(email));
            if (mode == Mode.INCREMENTAL && !known.contains(email.id()) && arrivedSinceLastRun(email)) {
                batch.firstSeen(email.id());
            }
        }
        loaded.parked().forEach(email -> batch.park(tries.failed(email)));
    }

    /** Where the provider groups emails, nobody asks what they say of it themselves. */
    private static Email withAncestry(Email email) {
        Envelope envelope = email.envelope();
        boolean asked = email.threadId() == null && email.ancestry() == null;
        return asked && envelope != null ? email.withAncestry(Ancestry.of(envelope)) : email;
    }

    private boolean arrivedSinceLastRun(Email email) {
        Instant since = before.completed() == null ? began : before.completed();
        return !email.receivedAt().isBefore(since.minus(ALLOWANCE));
    }

    /**
     * Tries parked emails again under the cursor that is there: last in a run, so that an email that fails a whole load holds up no
     * change, and in parts, so that one try fits the time of a page however many are parked.
     */
    SyncReport retry(List<EmailId> ids) {
        Set<EmailId> parked = store.parked().stream().map(ParkedEmail::id).collect(Collectors.toSet());
        List<EmailId> waiting = ids.stream().filter(parked::contains).toList();
        for (int from = 0; from < waiting.size(); from += options.pageSize()) {
            retryTogether(waiting.subList(from, Math.min(waiting.size(), from + options.pageSize())));
            progress.accept(report());
        }
        return report();
    }

    private void retryTogether(List<EmailId> ids) {
        Loaded loaded = load(ids, Lane.BACKFILL);
        SyncBatch.Builder batch = SyncBatch.to(stamp.toCursor());
        Set<EmailId> gone = new LinkedHashSet<>(ids);
        loaded.emails().forEach(email -> gone.remove(email.id()));
        loaded.parked().forEach(email -> gone.remove(email.id()));
        add(loaded, Mode.INCREMENTAL, batch);
        gone.forEach(batch::destroy);
        parts.apply(batch.build(), stamp.toCursor(), tries);
    }

    private Loaded load(List<EmailId> ids, Lane lane) {
        return LoadInParts.load(ids, loader, () -> call(lane));
    }

    private Call call(Lane lane) {
        return new Call(time.deadline(options.pageTimeout()), lane);
    }

    /** Returns what the run has done so far. */
    SyncReport report() {
        Duration elapsed = Duration.ofNanos(time.nanoTime() - beganNanos);
        return tally.report(store, elapsed, before.completed(), began);
    }
}
