package dev.steadymail.testkit.guard;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests of which the first so many are throttled; remembers when each started. */
final class Starts implements AsyncAttempt<Boolean> {
    private final Simulation simulation;
    private final int throttled;
    private final @Nullable Duration hint;
    private final long latencyMillis;
    final List<Long> millis = new ArrayList<>();

    Starts(Simulation simulation, int throttled, @Nullable Duration hint, long latencyMillis) {
        this.simulation = simulation;
        this.throttled = throttled;
        this.hint = hint;
        this.latencyMillis = latencyMillis;
    }

    @Override
    public CompletableFuture<Boolean> start(Cancellation cancellation) {
        millis.add(simulation.elapsed().toMillis());
        boolean refused = millis.size() <= throttled;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        simulation.after(Duration.ofMillis(latencyMillis), () -> end(answer, refused));
        return answer;
    }

    /** Returns when each round began: starts that follow a long silence. */
    List<Long> firstOfRounds(Duration silence) {
        List<Long> first = new ArrayList<>();
        long last = -silence.toMillis();
        for (long start : millis) {
            if (start - last >= silence.toMillis()) {
                first.add(start);
            }
            last = start;
        }
        return first;
    }

    private void end(CompletableFuture<Boolean> answer, boolean refused) {
        if (!refused) {
            answer.complete(true);
            return;
        }
        MailException.Builder throttle = MailException.builder(Kind.THROTTLED, "slow down");
        answer.completeExceptionally(
                throttle.retryAt(hint == null ? null : simulation.now().plus(hint))
                        .build());
    }
}
