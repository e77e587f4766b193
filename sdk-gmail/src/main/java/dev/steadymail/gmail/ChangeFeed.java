package dev.steadymail.gmail;

import dev.steadymail.gmail.GmailCursor.Phase;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.SyncCursor;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers what changed. The history id is taken before anything is listed, so that what changes meanwhile is found in history
 * afterwards; while a list or a history of several pages is read, the cursor keeps the old id. One page at a time.
 *
 * <p>All that a cursor needs is in the cursor. What is kept here besides only saves requests: a call with another cursor than
 * the one given out last, as after a crash, starts afresh.
 */
final class ChangeFeed {
    private final GmailMethods methods;
    private final FanOut fanOut;
    private final FullListing listing;
    private final HistoryPages history;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private @Nullable ChangeRun run;
    private @Nullable SyncCursor expected;
    private Set<MailboxId> scope = Set.of();

    ChangeFeed(GmailMethods methods, EmailPages pages, FanOut fanOut) {
        this.methods = methods;
        this.fanOut = fanOut;
        this.listing = new FullListing(methods, pages);
        this.history = new HistoryPages(methods, pages);
    }

    ChangePage page(ChangeRequest request, Call call) {
        lock(call);
        try {
            ChangeRun current = current(request);
            current.beginPage();
            ChangePage page = page(current, request, call);
            run = page.last() ? null : current;
            expected = page.next();
            return page;
        } catch (MailException failure) {
            forgetUnlessComparing();
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    /** A failure ends a run. What a comparison has listed so far stays, so that it ends some day in a mailbox of any size. */
    private void forgetUnlessComparing() {
        ChangeRun failed = run;
        if (failed == null) {
            return;
        }
        failed.pause();
        if (!failed.isRecovering()) {
            run = null;
        }
    }

    private ChangeRun current(ChangeRequest request) {
        ChangeRun known = run;
        boolean goesOn = request.cursor() != null
                && request.cursor().equals(expected)
                && request.scope().equals(scope);
        if (known == null || !goesOn) {
            known = new ChangeRun(methods, fanOut);
            run = known;
            expected = request.cursor();
            scope = request.scope();
        }
        return known;
    }

    private ChangePage page(ChangeRun current, ChangeRequest request, Call call) {
        SyncCursor text = request.cursor();
        if (text == null) {
            return listing.first(current, request, call);
        }
        GmailCursor cursor = GmailCursor.parse(text);
        if (!cursor.scope().equals(new Scope(request.scope()).fingerprint())) {
            return recover(current, request, cursor, call);
        }
        if (current.isRecovering()) {
            return recover(current, request, cursor, call);
        }
        return switch (cursor.phase()) {
            case LIST -> listing.next(current, request, cursor, call);
            case HISTORY -> history(current, request, cursor, call);
            case RECOVER -> recover(current, request, cursor, call);
        };
    }

    private ChangePage history(ChangeRun current, ChangeRequest request, GmailCursor cursor, Call call) {
        try {
            return history.next(current, request, cursor, call);
        } catch (MailException failure) {
            if (failure.kind() != Kind.CURSOR_EXPIRED || current.hasRecovered()) {
                throw failure;
            }
            current.compareAnew();
            return recover(current, request, cursor, call);
        }
    }

    private static ChangePage recover(ChangeRun current, ChangeRequest request, GmailCursor cursor, Call call) {
        GmailCursor step = cursor.phase() == Phase.RECOVER ? cursor : cursor.recovering();
        return current.recovery(request, call).next(current, request, step, call);
    }

    private void lock(Call call) {
        try {
            if (!lock.tryLock(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw MailException.of(
                        Kind.DEADLINE, "another sync of this account had not finished its page by the call's deadline");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }
}
