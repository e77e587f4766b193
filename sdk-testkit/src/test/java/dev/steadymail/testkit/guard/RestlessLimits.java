package dev.steadymail.testkit.guard;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** A shared store that answers whatever stores can answer: at once, late or never, with room or without, or by failing. */
final class RestlessLimits implements SharedLimits {
    private final Simulation simulation;
    private final RandomGenerator choices;
    private boolean calm;

    RestlessLimits(Simulation simulation) {
        this.simulation = simulation;
        this.choices = simulation.choices("store");
    }

    /** Grants everything at once from now on. */
    void calm() {
        calm = true;
    }

    @Override
    public CompletionStage<Verdict> admit(Demand demand) {
        if (calm) {
            return CompletableFuture.completedFuture(new Verdict.Granted());
        }
        return answered(verdict(demand));
    }

    @Override
    public CompletionStage<Boolean> open(Opening opening) {
        return answered(choices.nextBoolean());
    }

    @Override
    public CompletionStage<Boolean> close(String scope) {
        return answered(choices.nextBoolean());
    }

    private Verdict verdict(Demand demand) {
        if (simulation.happens("store.full", 0.1)) {
            return new Verdict.NoRoom(Duration.ofMillis(choices.nextInt(1, 3_000)));
        }
        if (simulation.happens("store.open", 0.02)) {
            String scope = demand.scopes().get(choices.nextInt(demand.scopes().size()));
            CircuitCause cause = choices.nextBoolean() ? CircuitCause.THROTTLED : CircuitCause.FAILING;
            return new Verdict.Open(new Opening(scope, cause, simulation.now().plusMillis(choices.nextInt(5_000))));
        }
        return new Verdict.Granted();
    }

    private <T> CompletionStage<T> answered(T value) {
        if (simulation.happens("store.throws", 0.01)) {
            throw new IllegalStateException("a bug in a store");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable end = () -> answer.complete(value);
        if (simulation.happens("store.fails", 0.01)) {
            end = () -> answer.completeExceptionally(new IllegalStateException("the store is down"));
        }
        if (simulation.happens("store.immediate", 0.3)) {
            end.run();
        } else if (!simulation.happens("store.silent", 0.01)) {
            simulation.after(Duration.ofMillis(choices.nextInt(60)), end);
        }
        return answer;
    }
}
