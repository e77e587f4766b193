package dev.steadymail.testkit.guard;

import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.mail.Lane;
import dev.steadymail.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Many accounts of one Google Cloud project, each doing what mail clients do: people open pages of mail, every account looks for
 * changes once a minute and reads new mail, some send, and some are in their first sync. The back-fills take what is left up to the
 * demand that is asked for, some of them much more than others.
 */
final class ProjectLoad {
    private static final double PROJECT_UNITS = 1_200_000;
    private static final int PAGE = 3;
    private static final int GET = QuotaPlans.GMAIL_2026.cost("messages.get");
    private static final int HISTORY = QuotaPlans.GMAIL_2026.cost("history.list");
    private static final int SEND = QuotaPlans.GMAIL_2026.cost("messages.send");
    private static final double PAGES_A_MINUTE = 0.2;
    private static final double NEW_MAILS_A_MINUTE = 0.5;
    private static final double SENDS_A_MINUTE = 0.02;
    private static final double OTHER_UNITS =
            PAGES_A_MINUTE * PAGE * GET + HISTORY + NEW_MAILS_A_MINUTE * GET + SENDS_A_MINUTE * SEND;

    final SimulatedProvider provider;
    final Tally tally = new Tally();
    private final Simulation simulation;
    private final GmailProject project;
    private final int accounts;
    private final Duration length;
    private final double syncing;
    private final double backfills;

    /**
     * Sets up nothing yet.
     *
     * @param syncing the share of accounts that are in their first sync
     * @param demand units asked for, as a share of the project's quota
     */
    ProjectLoad(SimulatedProvider provider, int accounts, double syncing, double demand, Duration length) {
        this.simulation = provider.simulation;
        this.provider = provider;
        this.project = new GmailProject(provider);
        this.accounts = accounts;
        this.length = length;
        this.syncing = syncing;
        this.backfills = (demand * PROJECT_UNITS - OTHER_UNITS * accounts) / GET / syncing / accounts;
    }

    /** Lets everybody ask for the whole length, and then gives the people, who do not wait for ever, their answers. */
    void run() {
        for (int i = 0; i < accounts; i++) {
            begin("account-" + i);
        }
        simulation.run(length);
        simulation.runUntil(() -> tally.open(Lane.INTERACTIVE) == 0, Duration.ofMinutes(5));
    }

    private void begin(String name) {
        Caller caller = project.open(name, tally);
        RandomGenerator choices = simulation.choices("load." + name);
        arrive(choices, PAGES_A_MINUTE, () -> readPage(caller));
        arrive(choices, 1, () -> caller.ask(Lane.DELTA, HISTORY, Duration.ofMinutes(10)));
        arrive(choices, NEW_MAILS_A_MINUTE, () -> caller.ask(Lane.DELTA, GET, Duration.ofMinutes(10)));
        arrive(choices, SENDS_A_MINUTE, () -> caller.ask(Lane.SEND, SEND, Duration.ofMinutes(10)));
        if (choices.nextDouble() < syncing) {
            double share = -Math.log(1 - choices.nextDouble());
            arrive(choices, share * backfills, () -> caller.ask(Lane.BACKFILL, GET, Duration.ofHours(3)));
        }
    }

    private void arrive(RandomGenerator choices, double perMinute, Runnable arrival) {
        Arrivals.start(simulation, choices, perMinute, length, arrival);
    }

    private static void readPage(Caller caller) {
        for (int i = 0; i < PAGE; i++) {
            caller.ask(Lane.INTERACTIVE, GET, Duration.ofSeconds(30));
        }
    }

    @Override
    public String toString() {
        return provider + "; " + tally;
    }
}
