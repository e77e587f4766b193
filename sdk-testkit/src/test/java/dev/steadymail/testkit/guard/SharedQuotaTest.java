package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Ledger;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Accounts of one project come and go with requests in flight: the project's units are neither lost nor spent twice. */
class SharedQuotaTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PROJECT_UNITS = 1_000;
    private static final Lane[] LANES = Lane.values();

    @Test
    void accountsThatComeAndGo_leaveTheProjectsQuotaWhole() {
        Simulation.explore(20, simulation -> {
            Project project = new Project(simulation);
            RandomGenerator choices = simulation.choices("project");
            Arrivals.start(simulation, choices, 20, LENGTH, project::open);
            Arrivals.start(simulation, choices, 20, LENGTH, project::closeOne);
            Arrivals.start(simulation, choices, 600, LENGTH, project::ask);
            simulation.run(LENGTH.plus(PATIENCE).plusMinutes(2));
            assertEquals(List.of(), project.watch.violations());
            assertTrue(
                    project.watch.started * 10 > 3 * PROJECT_UNITS, () -> "quota not used: " + project.watch.started);
            assertEquals(0, project.watch.inFlight);
            assertTrue(project.answers.stream().allMatch(CompletableFuture::isDone), "a call did not end");
            assertEquals(PROJECT_UNITS, project.balance().left());
        });
    }

    /** What the accounts share, and those that are open. */
    private static final class Project {
        private final Simulation simulation;
        private final RandomGenerator choices;
        private final Guards guards;
        private final GuardProfile profile;
        private final AttemptWatch watch;
        private final List<Guard> open = new ArrayList<>();
        private final List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        private int opened;

        Project(Simulation simulation) {
            this.simulation = simulation;
            this.choices = simulation.choices("accounts");
            this.guards = new Guards(simulation.time(), null, null);
            QuotaLimit limit = new QuotaLimit("project", Reach.PROJECT, PROJECT_UNITS, ProviderRules.WINDOW, true);
            this.profile = new GuardProfile(
                    GuardSettings.builder()
                            .quota(QuotaPlan.NONE.withLimit(limit))
                            .build(),
                    "project",
                    null);
            this.watch = new AttemptWatch(
                    simulation, Integer.MAX_VALUE, Integer.MAX_VALUE, ProviderRules.WINDOW, PROJECT_UNITS);
            open();
        }

        void open() {
            AccountId account = new AccountId("account-" + opened++);
            open.add(guards.open(account, profile, new Traffic(simulation.time().nanos())));
        }

        void closeOne() {
            if (open.size() > 1) {
                open.remove(choices.nextInt(open.size())).close();
            }
        }

        void ask() {
            int units = choices.nextInt(1, 20);
            Request request = new Request("restless", true, Duration.ofSeconds(2), units);
            CompletableFuture<Boolean> answer = open.get(choices.nextInt(open.size()))
                    .callAsync(
                            request,
                            LANES[choices.nextInt(LANES.length)],
                            simulation.time().deadline(PATIENCE),
                            new RestlessAttempt(simulation, watch, units, 0.1, () -> {}));
            answers.add(answer);
            if (simulation.happens("caller.gives.up", 0.1)) {
                simulation.after(Duration.ofMillis(choices.nextInt(3_000)), () -> answer.cancel(true));
            }
        }

        Ledger.Balance balance() {
            return open.get(0).ledger().balances().stream()
                    .filter(balance -> balance.limit().reach() == Reach.PROJECT)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
