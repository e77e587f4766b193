package dev.steadymail.testkit.sync;

import dev.steadymail.provider.MailAccount;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import dev.steadymail.testkit.simulation.Simulation;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Plays a sync in many worlds in which everything goes wrong: other clients change the mailbox before and between the requests of a run,
 * connections break, servers refuse, forget and renumber, emails cannot be read, disks are full, and the process dies at any step and
 * begins anew on what the store kept. In each calm afterwards the store must be equal to the mailbox, see {@code docs/simulation.md}.
 *
 * <pre>{@code
 * SyncSimulation.of(simulation -> InMemoryMailbox.folders(), simulation -> new MyStoreFixture()).explore(500);
 * }</pre>
 *
 * <p>A seed is played on the calling thread and plays the same again: {@code -Dsteadymail.seed=N}; {@code -Dsteadymail.runs=N} plays
 * another number of them. Immutable.
 */
public final class SyncSimulation {
    private final Function<Simulation, SimulatedMailbox> mailbox;
    private final Function<Simulation, SyncStoreFixture> store;
    private final UnaryOperator<MailAccount> account;
    private final UnaryOperator<EmailLoader> loader;
    private final boolean twins;

    private SyncSimulation(
            Function<Simulation, SimulatedMailbox> mailbox,
            Function<Simulation, SyncStoreFixture> store,
            UnaryOperator<MailAccount> account,
            UnaryOperator<EmailLoader> loader,
            boolean twins) {
        this.mailbox = mailbox;
        this.store = store;
        this.account = account;
        this.loader = loader;
        this.twins = twins;
    }

    /**
     * Returns a simulation of one provider with one store.
     *
     * @param mailbox makes the mailbox of a seed, with the provider that is to follow it
     * @param store makes the empty medium of a seed; what it draws from the simulation belongs to the seed, too
     */
    public static SyncSimulation of(
            Function<Simulation, SimulatedMailbox> mailbox, Function<Simulation, SyncStoreFixture> store) {
        return new SyncSimulation(mailbox, store, UnaryOperator.identity(), UnaryOperator.identity(), false);
    }

    /** Returns a simulation of one provider with a store in memory. */
    public static SyncSimulation of(Function<Simulation, SimulatedMailbox> mailbox) {
        return of(mailbox, simulation -> new InMemoryStoreFixture());
    }

    /** Returns this with something between engine and provider: {@link MailAccount#open} of what is returned makes the provider. */
    public SyncSimulation account(UnaryOperator<MailAccount> wrapper) {
        return new SyncSimulation(mailbox, store, wrapper, loader, twins);
    }

    /** Returns this with something between engine and the loader of the simulation, which reads whole messages and parks. */
    public SyncSimulation loader(UnaryOperator<EmailLoader> wrapper) {
        return new SyncSimulation(mailbox, store, account, wrapper, twins);
    }

    /**
     * Returns this with messages of equal size and time of arrival and of different content. Off by default: without ids that outlast
     * them, emails whose UIDs became void are known again by size and time alone, so that a removed email may be taken for the one that
     * came meanwhile.
     */
    public SyncSimulation twins(boolean wanted) {
        return new SyncSimulation(mailbox, store, account, loader, wanted);
    }

    /**
     * Plays a number of seeds from 1 on, until one fails.
     *
     * @return how often what happened, by name; what is drawn and never happens is there with 0
     * @throws AssertionError for the first seed in which something is not true, with the seed
     */
    public Map<String, Long> explore(int runs) {
        Map<String, Long> happened = new TreeMap<>();
        Simulation.explore(
                runs, simulation -> play(simulation).forEach((what, count) -> happened.merge(what, count, Long::sum)));
        return happened;
    }

    /**
     * Plays one seed.
     *
     * @return how often what happened
     * @throws SyncViolation where something is not true
     */
    public Map<String, Long> play(Simulation simulation) {
        try (SyncWorld world = new SyncWorld(simulation, this)) {
            world.play();
            Map<String, Long> counts = new TreeMap<>(world.counts());
            counts.putAll(simulation.faults());
            return counts;
        }
    }

    /** Returns the first of the seeds from 1 to {@code seeds} in which something is not true: how soon a bug is caught. */
    public OptionalLong firstViolation(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                Map<String, Long> unused = play(Simulation.withSeed(seed));
            } catch (SyncViolation caught) {
                return OptionalLong.of(seed);
            }
        }
        return OptionalLong.empty();
    }

    SimulatedMailbox mailbox(Simulation simulation) {
        return mailbox.apply(simulation);
    }

    SyncStoreFixture store(Simulation simulation) {
        return store.apply(simulation);
    }

    MailAccount wrapped(MailAccount plain) {
        return account.apply(plain);
    }

    UnaryOperator<EmailLoader> loader() {
        return loader;
    }

    boolean twins() {
        return twins;
    }
}
