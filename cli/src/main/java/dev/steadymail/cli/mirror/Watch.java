package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run that has no future: time over, provider never reached, no progress. It looks from outside, since the run itself may
 * be waiting in a call. Thread-safe: guarded by this object's lock.
 */
final class Watch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration SAME = Duration.ofMillis(100);
    /** Quotas of a minute throttle every second; saying so once in a while is enough. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final TimeSource time;
    private final StopSignal stop;
    private final Patience patience;
    private final Progress progress;
    private final @Nullable Deadline deadline;
    private final Deadline firstAnswer;
    private Deadline nextProgress;
    private @Nullable Traffic traffic;
    private @Nullable Deadline throttleEnd;
    private Deadline nextThrottleLine;
    private boolean reached;
    private boolean closed;
    private long progressCount;

    private Watch(MirrorRequest request, TimeSource time, StopSignal stop, Progress progress) {
        this.time = time;
        this.stop = stop;
        this.progress = progress;
        this.patience = request.patience();
        Duration limit = request.deadline();
        this.deadline = limit == null ? null : time.deadline(limit);
        this.firstAnswer = time.deadline(patience.firstAnswer());
        this.nextProgress = time.deadline(patience.progress());
        this.nextThrottleLine = time.deadline(Duration.ZERO);
    }

    /** Starts to watch a run that begins now. */
    static Watch start(MirrorRequest request, TimeSource time, StopSignal stop, Progress progress) {
        Watch watch = new Watch(request, time, stop, progress);
        watch.next();
        return watch;
    }

    /** Tells where a stated throttle shows. */
    synchronized void observe(Traffic traffic) {
        this.traffic = traffic;
    }

    /** Tells that the provider answered something. */
    synchronized void reached() {
        reached = true;
    }

    /** Tells that the run came closer to its end. */
    synchronized void progressed() {
        reached = true;
        progressCount++;
        nextProgress = later(nextProgress, time.deadline(patience.progress()));
    }

    /** Called between pieces of long work, so that it does not hold up a stop: a stopped run ends here with kind CANCELLED. */
    void pulse() {
        if (stop.isStopped()) {
            throw MailException.of(Kind.CANCELLED, "the run was stopped");
        }
        progressed();
    }

    /** Returns a number that grows with every progress. */
    synchronized long progressCount() {
        return progressCount;
    }

    /** Returns whether a wait would end before the run has to. */
    synchronized boolean allows(Duration wait) {
        return deadline == null || deadline.allows(wait);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void next() {
        var unused = time.scheduler().schedule(this::look, INTERVAL);
    }

    private void look() {
        StopReason reason = reason();
        if (reason != null) {
            stop.stop(reason);
        } else if (!isClosed()) {
            next();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized @Nullable StopReason reason() {
        if (closed) {
            return null;
        }
        noticeThrottle();
        if (deadline != null && deadline.hasPassed()) {
            return StopReason.DEADLINE;
        }
        if (!reached && firstAnswer.hasPassed()) {
            return StopReason.NEVER_REACHED;
        }
        return nextProgress.hasPassed() ? StopReason.NO_PROGRESS : null;
    }

    private void noticeThrottle() {
        Duration left = traffic == null ? Duration.ZERO : traffic.throttleLeft();
        if (left.isZero() || isAnnounced(left)) {
            return;
        }
        throttleEnd = time.deadline(left);
        reached = true;
        nextProgress = later(nextProgress, time.deadline(left.plus(patience.progress())));
        if (nextThrottleLine.hasPassed()) {
            nextThrottleLine = time.deadline(QUIET);
            progress.say("the provider asked to wait until "
                    + IndexLine.time(time.now().plus(left)));
        }
    }

    /** Two readings of the same end differ by what passes between reading clock and ticker. */
    private boolean isAnnounced(Duration left) {
        Deadline end = throttleEnd;
        return end != null && left.minus(end.remaining()).compareTo(SAME) < 0;
    }

    private static Deadline later(Deadline one, Deadline other) {
        return one.atNanos() - other.atNanos() > 0 ? one : other;
    }
}
