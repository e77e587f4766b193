package dev.steadymail.hybrid;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.StateLists;
import dev.steadymail.provider.StateLists.Listed;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long listed states are good. In a walk through everything they are until its end, however long it takes: the walk's cursor is
 * older than the lists, and what has changed since is told afterwards. They are never carried over into another walk, whose cursor
 * would be younger. Thread-safe.
 */
final class Walk {
    /** Outside a walk nothing is told afterwards. */
    private static final long FRESH = Duration.ofMinutes(10).toNanos();
    /** Listing an email's states costs some hundredths of reading it. */
    private static final int LISTED_PER_READ = 400;

    private final StateLists lists;
    private final TimeSource time;
    private final Runnable atEnd;
    // Guarded by this.
    private @Nullable Listed listed;
    private long begunAt;
    private boolean walking;
    private Mode mode = Mode.INCREMENTAL;
    private @Nullable SyncCursor expected;
    private Set<MailboxId> scope = Set.of();
    private int lastSize;
    private boolean tooLarge;

    /** @param atEnd what else is to be forgotten when a walk is over */
    Walk(StateLists lists, TimeSource time, Runnable atEnd) {
        this.lists = lists;
        this.time = time;
        this.atEnd = atEnd;
    }

    /** Notes that changes are asked for: unless the walk goes on, what follows is another one. */
    synchronized void asked(ChangeRequest request) {
        boolean goesOn = walking
                && request.cursor() != null
                && request.cursor().equals(expected)
                && request.scope().equals(scope);
        if (!goesOn) {
            end();
        }
        scope = request.scope();
    }

    synchronized void answered(ChangePage page) {
        boolean goesOn = page.mode() != Mode.INCREMENTAL && !page.last();
        if (!goesOn || page.mode() != mode) {
            end();
        }
        walking = goesOn;
        mode = page.mode();
        expected = page.next();
    }

    private void end() {
        walking = false;
        if (listed != null) {
            listed = null;
            atEnd.run();
        }
    }

    /**
     * Returns the states of all emails, listed now where they are not yet; null where that is not worth it, cannot be, or takes more
     * than half of the time: then it goes on in the next call.
     */
    @Nullable
    Listed states(int wanted, Call call) {
        Listed current = current(wanted);
        if (current == null) {
            return null;
        }
        try {
            current.complete(call.within(call.deadline().remaining().dividedBy(2)));
        } catch (MailException failure) {
            if (failure.kind() == Kind.TOO_LARGE) {
                giveUp();
                return null;
            }
            if (failure.kind() == Kind.DEADLINE && !call.deadline().hasPassed()) {
                return null;
            }
            throw failure;
        }
        synchronized (this) {
            lastSize = current.size();
        }
        return current;
    }

    private synchronized @Nullable Listed current(int wanted) {
        if (!walking && listed != null && time.nanoTime() - begunAt > FRESH) {
            end();
        }
        boolean worth = walking || (long) wanted * LISTED_PER_READ >= lastSize;
        if (listed == null && worth && !tooLarge) {
            listed = lists.begin();
            begunAt = time.nanoTime();
        }
        return listed;
    }

    private synchronized void giveUp() {
        tooLarge = true;
        end();
    }
}
