package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One guarded account with settings by chance, and callers who come in bursts and trickles, give up, and are cut off. */
final class RestlessAccount {
    static final Duration LONGEST_DEADLINE = Duration.ofMinutes(2);

    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Lane[] LANES = Lane.values();

    final Simulation simulation;
    final GuardSettings settings;
    final AttemptWatch watch;
    final Guard guard;
    final List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    private final RandomGenerator choices;
    private final double trouble;
    private final @Nullable RestlessLimits shared;

    /** Opens an account whose requests go wrong with a probability; in every other world it shares limits with other processes. */
    RestlessAccount(Simulation simulation, double trouble) {
        this.simulation = simulation;
        this.trouble = trouble;
        this.choices = simulation.choices("restless");
        this.shared = simulation.seed() % 2 == 0 ? new RestlessLimits(simulation) : null;
        long quota = choices.nextLong(200, 5_000);
        this.settings = GuardSettings.builder()
                .maxInFlight(choices.nextInt(1, 11))
                .starts(choices.nextInt(1, 80), Duration.ofMillis(choices.nextInt(500, 5_000)))
                .quota(QuotaPlan.requests(quota, ProviderRules.WINDOW))
                .build();
        this.watch = new AttemptWatch(
                simulation, settings.maxInFlight(), settings.startsPerInterval(), settings.interval(), quota);
        this.guard = new Guards(simulation.time(), shared, null)
                .open(
                        new AccountId("ada"),
                        GuardProfile.alone(settings),
                        new Traffic(simulation.time().nanos()));
    }

    /** Lets callers come and go, and after them lets every deadline pass. */
    void play() {
        double mean =
                settings.startsPerInterval() * 60_000.0 / settings.interval().toMillis();
        Arrivals.start(simulation, choices, mean / 2, LENGTH, this::ask);
        Arrivals.start(simulation, choices, 2, LENGTH, () -> {
            for (int i = choices.nextInt(60); i > 0; i--) {
                ask();
            }
        });
        Arrivals.start(simulation, choices, 1, LENGTH, guard::reset);
        Arrivals.start(simulation, choices, 1, LENGTH, () -> simulation.stepClock(millis(-60_000, 60_000)));
        simulation.run(LENGTH);
    }

    /** Lets time pass until no call can be left, */
    void settle() {
        if (shared != null) {
            shared.calm();
        }
        simulation.run(LONGEST_DEADLINE.plusSeconds(1));
    }

    /** Ends all of it in the midst. */
    void closeBefore(Duration latest) {
        simulation.after(Duration.ofNanos(choices.nextLong(latest.toNanos())), guard::close);
    }

    /** Returns how many requests of which nobody answers start at once, when so many are asked for; ends them again. */
    int startedOf(int asked) {
        List<CompletableFuture<Boolean>> probes = new ArrayList<>();
        int[] started = {0};
        Deadline deadline = simulation.time().deadline(LONGEST_DEADLINE);
        for (int i = 0; i < asked; i++) {
            probes.add(guard.callAsync(
                    Request.repeatable("probe", LONGEST_DEADLINE), Lane.INTERACTIVE, deadline, cancellation -> {
                        started[0]++;
                        return new CompletableFuture<>();
                    }));
        }
        simulation.run(settings.interval().multipliedBy(1 + asked / settings.startsPerInterval()));
        int atOnce = started[0];
        probes.forEach(probe -> probe.cancel(true));
        return atOnce;
    }

    /** Returns the units that count in the account's quota. */
    long unitsUsed() {
        return guard.ledger().balances().get(0).used();
    }

    private void ask() {
        Request request = new Request("restless", choices.nextBoolean(), millis(1, 4_000), choices.nextInt(1, 20));
        Deadline deadline = simulation.time().deadline(millis(0, (int) LONGEST_DEADLINE.toMillis()));
        CompletableFuture<Boolean> answer = guard.callAsync(
                request,
                LANES[choices.nextInt(LANES.length)],
                deadline,
                new RestlessAttempt(simulation, watch, request.units(), trouble, this::meddle));
        answers.add(answer);
        if (simulation.happens("caller.gives.up", 0.2)) {
            simulation.after(millis(0, 5_000), () -> answer.cancel(true));
        }
        if (simulation.happens("caller.goes.on", 0.1)) {
            var unused = answer.whenComplete((value, failure) -> meddle());
        }
    }

    /** Done from inside the guard's own calls: whoever frees a place is the one who starts the next. */
    private void meddle() {
        switch (choices.nextInt(8)) {
            case 0 -> guard.reset();
            case 1, 2, 3 -> askAgain();
            default -> cancelAny();
        }
    }

    private void askAgain() {
        if (simulation.elapsed().compareTo(LENGTH) < 0) {
            ask();
        }
    }

    private void cancelAny() {
        if (!answers.isEmpty()) {
            answers.get(choices.nextInt(answers.size())).cancel(true);
        }
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(choices.nextInt(from, to));
    }

    @Override
    public String toString() {
        return settings.maxInFlight() + " in flight, " + settings.startsPerInterval() + " starts in "
                + settings.interval() + "; " + watch.started + " started for " + answers.size() + " calls; "
                + guard.explain().text();
    }
}
