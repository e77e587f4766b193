package dev.steadymail.testkit.gmail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The faults still to come, in the order they were injected. Threadsafe. */
final class FaultTable {
    private final List<Armed> armed = new ArrayList<>(); // guarded by this
    private final CountDownLatch closed;

    FaultTable(CountDownLatch closed) {
        this.closed = closed;
    }

    synchronized void add(List<GmailFault> faults) {
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    synchronized void clear() {
        armed.clear();
    }

    /** Executes the call with whatever is due for it. */
    Reply around(ApiRequest request, Function<ApiRequest, Reply> execution) {
        GmailFault.Effect last = null;
        for (GmailFault.Effect effect : due(request)) {
            if (effect instanceof GmailFault.Delay delay) {
                await(delay);
            } else {
                last = effect;
            }
        }
        return apply(last, request, execution);
    }

    private static Reply apply(
            GmailFault.@Nullable Effect effect, ApiRequest request, Function<ApiRequest, Reply> execution) {
        if (effect instanceof GmailFault.Status status) {
            return reply(status);
        }
        if (effect instanceof GmailFault.ResetBefore) {
            return Reply.dropped();
        }
        Reply reply = execution.apply(request);
        if (effect instanceof GmailFault.ResetAfter) {
            return Reply.dropped();
        }
        return effect instanceof GmailFault.Truncate truncate ? reply.cutAt(truncate.bytes()) : reply;
    }

    private static Reply reply(GmailFault.Status status) {
        String body = status.body();
        Reply reply = body == null
                ? Reply.error(status.code(), status.reason(), status.message())
                : Reply.of(status.code(), status.contentType(), body.getBytes(StandardCharsets.UTF_8));
        return reply.with(status.headers());
    }

    private synchronized List<GmailFault.Effect> due(ApiRequest request) {
        List<GmailFault.Effect> effects = new ArrayList<>();
        for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
            Armed next = all.next();
            if (!next.fault.matches(request) || !next.fires()) {
                continue;
            }
            if (next.timesLeft == 0) {
                all.remove();
            }
            effects.add(next.fault.effect());
            if (!(next.fault.effect() instanceof GmailFault.Delay)) {
                break;
            }
        }
        return effects;
    }

    private void await(GmailFault.Delay delay) {
        try {
            boolean closing = closed.await(delay.duration().toNanos(), TimeUnit.NANOSECONDS);
            if (closing) {
                throw new ApiException(503, "backendError", "The server is closing");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "backendError", "The server is closing");
        }
    }

    /** A fault with what is left of its counts. */
    private static final class Armed {
        final GmailFault fault;
        int skipsLeft;
        int timesLeft;

        Armed(GmailFault fault) {
            this.fault = fault;
            this.skipsLeft = fault.skip();
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
