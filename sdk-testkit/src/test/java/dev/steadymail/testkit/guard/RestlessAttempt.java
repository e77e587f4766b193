package dev.steadymail.testkit.guard;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * An attempt that does whatever attempts can do: answers at once, late or never, fails in every way, minds its cancellation or not,
 * breaks its own contract, and has callers who meddle while it starts.
 */
final class RestlessAttempt implements AsyncAttempt<Boolean> {
    private static final Kind[] KINDS = Kind.values();

    private final Simulation simulation;
    private final AttemptWatch watch;
    private final int units;
    private final double trouble;
    private final Runnable meddling;

    /**
     * Makes an attempt that goes wrong with a probability.
     *
     * @param meddling what a caller does with the guard while the attempt starts
     */
    RestlessAttempt(Simulation simulation, AttemptWatch watch, int units, double trouble, Runnable meddling) {
        this.simulation = simulation;
        this.watch = watch;
        this.units = units;
        this.trouble = trouble;
        this.meddling = meddling;
    }

    @Override
    public CompletionStage<Boolean> start(Cancellation cancellation) {
        watch.start();
        RandomGenerator choices = simulation.choices("attempt");
        boolean chargedFirst = choices.nextBoolean();
        Once ended = new Once(() -> {
            if (!chargedFirst) {
                watch.arrive(units);
            }
            watch.end();
        });
        if (chargedFirst) {
            watch.arrive(units);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        cancellation.onCancel(() -> cancelled(answer, ended));
        if (simulation.happens("attempt.meddles", 0.02)) {
            meddling.run();
        }
        if (simulation.happens("attempt.throws", trouble / 10)) {
            ended.run();
            throw failure(choices);
        }
        if (simulation.happens("attempt.returns.null", trouble / 10)) {
            ended.run();
            return null;
        }
        if (!simulation.happens("attempt.silent", trouble / 5)) {
            answerLater(answer, ended, choices);
        }
        return answer;
    }

    private void answerLater(CompletableFuture<Boolean> answer, Once ended, RandomGenerator choices) {
        boolean fails = simulation.happens("attempt.fails", trouble);
        Runnable end = () -> {
            ended.run();
            if (fails) {
                answer.completeExceptionally(failure(choices));
            } else {
                answer.complete(true);
            }
        };
        if (simulation.happens("attempt.immediate", 0.1)) {
            end.run();
        } else {
            simulation.after(Duration.ofMillis(choices.nextInt(1, 3_000)), end);
        }
    }

    /** From here on the guard counts the attempt no more, whether or not the request notices. */
    private void cancelled(CompletableFuture<Boolean> answer, Once ended) {
        ended.run();
        if (simulation.happens("cancel.noticed", 0.5)) {
            answer.completeExceptionally(MailException.of(Kind.NETWORK, "closed by this side"));
        }
        if (simulation.happens("cancel.throws", trouble / 10)) {
            throw new IllegalStateException("a bug in what breaks a request");
        }
    }

    private RuntimeException failure(RandomGenerator choices) {
        int kind = choices.nextInt(KINDS.length + 1);
        if (kind == KINDS.length) {
            return new IllegalStateException("a bug in a provider");
        }
        MailException.Builder failure = MailException.builder(KINDS[kind], "failed by chance");
        if (KINDS[kind] == Kind.THROTTLED && choices.nextBoolean()) {
            failure.retryAt(simulation.now().plusMillis(choices.nextInt(-1_000, 10_000)));
        }
        return failure.build();
    }

    /** Runs something the first time only. */
    private static final class Once implements Runnable {
        private final Runnable task;
        private boolean ran;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!ran) {
                ran = true;
                task.run();
            }
        }
    }
}
