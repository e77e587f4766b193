package dev.steadymail.testkit.gmail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The faults still to come, in the order they were injected. Threadsafe. */
final class FaultTable {
    private final List<Armed> armed = new ArrayList<>(); // guarded by this
    private final CountDownLatch closed;
    private final GmailErrorShape shape;

    FaultTable(CountDownLatch closed, GmailErrorShape shape) {
        this.closed = closed;
        this.shape = shape;
    }

    synchronized void add(List<GmailFault> faults) {
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    synchronized void clear() {
        armed.clear();
    }

    /** Executes the call with whatever is due for it; {@code part} counts from 1 in a batch and is 0 outside. */
    Reply around(ApiRequest request, String call, int part, Function<ApiRequest, Reply> execution) {
        FaultEffect last = null;
        FaultEffect.Shuffle shuffle = null;
        for (FaultEffect effect : due(request, call, part)) {
            if (effect instanceof FaultEffect.Delay delay) {
                pause(delay.duration());
            } else if (effect instanceof FaultEffect.Shuffle found) {
                shuffle = found;
            } else {
                last = effect;
            }
        }
        FaultEffect.Shuffle order = shuffle;
        Supplier<Reply> whole = () -> execution.apply(request);
        if (last instanceof FaultEffect.CutRequest cut) {
            return cut(request, cut.bytes(), execution);
        }
        return apply(last, order == null ? whole : () -> BatchReply.shuffled(whole.get(), order.seed()));
    }

    private static Reply cut(ApiRequest request, int bytes, Function<ApiRequest, Reply> execution) {
        if (ResumableUploads.isPart(request) && request.param("upload_id") != null) {
            int blocks = Math.min(bytes, request.body().length) / ResumableUploads.BLOCK_BYTES;
            Reply unusedReply = execution.apply(request.cutAt(blocks * ResumableUploads.BLOCK_BYTES));
        }
        return Reply.dropped();
    }

    /** Waits, or fails if the server closes meanwhile. */
    void pause(Duration wait) {
        if (!wait.isZero() && endsWithin(wait)) {
            throw new ApiException(503, "backendError", "The server is closing");
        }
    }

    /** Waits and returns whether the server closed meanwhile. */
    boolean endsWithin(Duration wait) {
        try {
            return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Reply apply(@Nullable FaultEffect effect, Supplier<Reply> execution) {
        if (effect instanceof FaultEffect.Status status) {
            return status.reply(shape);
        }
        if (effect instanceof FaultEffect.ResetBefore) {
            return Reply.dropped();
        }
        if (effect instanceof FaultEffect.GzipBomb bomb) {
            return Gzip.bomb(bomb.bytes());
        }
        Reply reply = execution.get();
        if (effect instanceof FaultEffect.ResetAfter) {
            return Reply.dropped();
        }
        if (effect instanceof FaultEffect.Otherwise otherwise) {
            return otherwise.status().reply(shape);
        }
        if (effect instanceof FaultEffect.NoAnswer) {
            return Reply.absent();
        }
        return effect instanceof FaultEffect.Part part ? partOf(reply, part) : reply;
    }

    private static Reply partOf(Reply reply, FaultEffect.Part part) {
        return switch (part.after()) {
            case RESET -> reply.cutAt(part.bytes());
            case STALL -> reply.stalledAt(part.bytes());
            case END -> reply.withBody(Arrays.copyOf(reply.body(), Math.min(reply.body().length, part.bytes())));
        };
    }

    private synchronized List<FaultEffect> due(ApiRequest request, String call, int part) {
        List<FaultEffect> effects = new ArrayList<>();
        for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
            Armed next = all.next();
            if (!next.fault.matches(request, call, part) || !next.fires()) {
                continue;
            }
            if (next.timesLeft == 0) {
                all.remove();
            }
            effects.add(next.fault.effect());
            if (!next.fault.effect().addsUp()) {
                break;
            }
        }
        return effects;
    }

    /** A fault with what is left of its counts. */
    private static final class Armed {
        final GmailFault fault;
        int skipsLeft;
        int timesLeft;

        Armed(GmailFault fault) {
            this.fault = fault;
            this.skipsLeft = fault.skipped();
            this.timesLeft = fault.times();
        }

        boolean fires() {
            if (skipsLeft > 0) {
                skipsLeft--;
                return false;
            }
            if (timesLeft != Integer.MAX_VALUE) {
                timesLeft--;
            }
            return true;
        }
    }
}
