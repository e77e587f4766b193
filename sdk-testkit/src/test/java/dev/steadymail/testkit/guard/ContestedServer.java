package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.TimeSource;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** What the attempts of one call meet: answers now, later from another thread, or never; refusals; faults. Thread-safe. */
final class ContestedServer {
    private final PlaceWatch watch;
    private final Queue<OpenRequest> open;
    private final TimeSource time;
    private final long seed;
    private final AtomicInteger attempts = new AtomicInteger();

    /**
     * Makes a server.
     *
     * @param open where requests go whose answer comes later
     */
    ContestedServer(PlaceWatch watch, Queue<OpenRequest> open, TimeSource time, long seed) {
        this.watch = watch;
        this.open = open;
        this.time = time;
        this.seed = seed;
    }

    /** An attempt that does not block; some do not notice that they are broken. */
    CompletionStage<String> start(Cancellation attempt) {
        SplittableRandom choices = choices();
        OpenRequest request = new OpenRequest(watch, attempt);
        if (choices.nextInt(4) > 0) {
            request.breakable();
        }
        if (choices.nextInt(20) == 0) {
            watch.end(attempt);
            throw new IllegalStateException("a bug in a provider");
        }
        meet(request, choices);
        return request.answer;
    }

    /** An attempt on the calling thread. */
    String run(Cancellation attempt) {
        SplittableRandom choices = choices();
        OpenRequest request = new OpenRequest(watch, attempt);
        request.breakable();
        meet(request, choices);
        return request.await();
    }

    private SplittableRandom choices() {
        return new SplittableRandom(seed + attempts.incrementAndGet());
    }

    private void meet(OpenRequest request, SplittableRandom choices) {
        switch (choices.nextInt(16)) {
            case 0, 1, 2, 3 -> request.answer();
            case 4, 5 -> request.fail(MailException.of(Kind.UNAVAILABLE, "down"));
            case 6 -> request.fail(MailException.of(Kind.CONCURRENCY, "too many at once"));
            case 7 -> request.fail(throttled(choices));
            case 8 -> {} // Silent until it is broken.
            default -> open.add(request);
        }
    }

    private MailException throttled(SplittableRandom choices) {
        return MailException.builder(Kind.THROTTLED, "slow down")
                .retryAt(time.now().plusMillis(choices.nextInt(2_000)))
                .build();
    }
}
