package dev.steadymail.testkit.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import dev.steadymail.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One seed: rounds of a mailbox that is changed, and of runs that are disturbed, each ended by a calm in which the store must become
 * equal to the mailbox. Belongs to one thread.
 */
final class SyncWorld implements AutoCloseable {
    private static final int ROUNDS = 3;
    private static final int MOST_FAILING = 10;
    private static final double OFTEN = 0.06;

    private final SyncSimulation settings;
    private final SimulatedMailbox mailbox;
    private final SyncStoreFixture fixture;
    private final Chance chance;
    private final SyncStory story = new SyncStory();
    private final SyncTrouble trouble;
    private final SyncHistory history;
    private final OtherClients others;
    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable SyncProcess process;
    private @Nullable SyncStore store;

    SyncWorld(Simulation simulation, SyncSimulation settings) {
        this.settings = settings;
        this.mailbox = settings.mailbox(simulation);
        this.fixture = settings.store(simulation);
        this.chance = new Chance(simulation, "sync");
        this.trouble = new SyncTrouble(chance, story);
        this.history = new SyncHistory(story);
        this.others = new OtherClients(mailbox, new Chance(simulation, "others"), story, settings.twins());
    }

    void play() {
        others.deliver(chance.below(15));
        for (int round = 1; round <= ROUNDS; round++) {
            disturb();
            int runs = 1 + chance.below(3);
            for (int run = 0; run < runs; run++) {
                runDisturbed();
                others.act(chance.below(4));
            }
            boolean last = round == ROUNDS;
            if (last || chance.below(2) == 0) {
                others.makeReadable();
            }
            calm(last);
            others.act(chance.below(10));
        }
    }

    /** Returns how often what happened. */
    Map<String, Long> counts() {
        mailbox.acts().forEach(act -> counts.put("act." + act.name(), 0L));
        others.done().forEach((act, count) -> counts.put("act." + act.name(), count));
        counts.put("seeds", 1L);
        counts.put("redelivered", history.redelivered());
        return counts;
    }

    private void disturb() {
        trouble.often(chance.below(3) == 0 ? 0 : OFTEN);
        for (int i = chance.below(3); i > 0; i--) {
            mailbox.trouble(chance.generator());
            count("trouble");
        }
        int rate = 2 + chance.below(10);
        int[] left = {chance.below(8)};
        mailbox.beforeRequest(() -> {
            if (left[0] > 0 && chance.below(rate) == 0) {
                left[0]--;
                others.act(1);
            }
        });
    }

    private void runDisturbed() {
        try {
            story.tell("a run begins");
            SyncReport unused = process().run(1 + chance.below(10));
            history.settled();
            count("run.ended.well");
        } catch (SimulatedCrash crash) {
            die();
            count("run.crashed");
        } catch (MailException failure) {
            failed(failure);
        }
    }

    private void failed(MailException failure) {
        story.tell("a run fails: " + failure);
        history.disturbed();
        count("run.failed");
        if (chance.below(3) == 0) {
            die();
        }
    }

    private void die() {
        SyncProcess running = process;
        if (running != null) {
            running.close();
        }
        process = null;
        store = null;
        history.disturbed();
        story.tell("the process is gone");
    }

    private SyncProcess process() {
        SyncProcess running = process;
        if (running == null) {
            SyncStore opened = fixture.open();
            history.opened(opened, fixture);
            store = opened;
            running = new SyncProcess(
                    settings.wrapped(mailbox.account()),
                    1 + chance.below(3),
                    mailbox.readTogether(),
                    new CrashingSyncStore(opened, fixture, history, trouble, chance),
                    history,
                    trouble,
                    settings.loader());
            process = running;
            count("process");
        }
        return running;
    }

    /** Nobody is at work and nothing goes wrong any more: after a run that ends well, the store equals the mailbox. */
    private void calm(boolean drained) {
        mailbox.calm();
        mailbox.beforeRequest(() -> {});
        trouble.often(0);
        story.tell("calm");
        runToEnd();
        check(drained);
        SyncReport silent = runToEnd();
        long changes = silent.created() + silent.updated() + silent.destroyed();
        history.require(changes == 0, "nothing had changed, and a run reports " + silent);
        check(drained);
    }

    private SyncReport runToEnd() {
        for (int failing = 0; failing < MOST_FAILING; failing++) {
            try {
                SyncReport report = process().run(1 + chance.below(10));
                history.settled();
                return report;
            } catch (SimulatedCrash crash) {
                // A wrapper of a seam dies as it likes.
                die();
            } catch (MailException failure) {
                history.require(failure.isRetryable(), "a run in the calm fails for good: " + failure);
                failed(failure);
            }
        }
        throw new SyncViolation("no run ended well, although nothing went wrong any more", story);
    }

    private void check(boolean drained) {
        SyncStore open = store;
        if (open == null) {
            throw new IllegalStateException("a process must be running");
        }
        String difference = history.ledger().difference(open);
        history.require(difference.isEmpty(), "the store is not as it was left: " + difference);
        history.checkOwnIds(open, fixture);
        Set<String> mailboxes = new TreeSet<>();
        open.known().mailboxes().forEach(known -> mailboxes.add(known.fullName()));
        Set<String> served = new TreeSet<>(mailbox.mailboxes());
        history.require(mailboxes.equals(served), "the store has mailboxes " + mailboxes + ", the server " + served);
        checkEmails(open, drained);
    }

    private void checkEmails(SyncStore open, boolean drained) {
        List<String> stored = stored(open);
        List<SimulatedEmail> missing = new ArrayList<>();
        for (SimulatedEmail email : mailbox.emails()) {
            if (!stored.remove(email.line())) {
                missing.add(email);
            }
        }
        List<String> missed = missing.stream()
                .filter(SimulatedEmail::readable)
                .map(SimulatedEmail::line)
                .toList();
        history.require(missed.isEmpty(), "the store misses " + missed + "; it has besides " + stored);
        history.require(stored.isEmpty(), "the store has what the server has not: " + stored);
        int parked = open.parked().size();
        history.require(
                parked == missing.size(), parked + " emails are parked, and " + missing.size() + " cannot be read");
        history.require(!drained || parked == 0, parked + " emails stay parked although all can be read");
        count("equal");
    }

    private List<String> stored(SyncStore open) {
        Map<MailboxId, String> names = new HashMap<>();
        for (Mailbox known : open.known().mailboxes()) {
            names.put(known.id(), known.fullName());
        }
        List<String> lines = new ArrayList<>();
        for (KnownEmail email : open.known().all()) {
            lines.add(line(email, names));
        }
        return lines;
    }

    private String line(KnownEmail email, Map<MailboxId, String> names) {
        EmailId id = email.id();
        Set<String> in = new HashSet<>();
        email.mailboxIds().forEach(each -> in.add(names.getOrDefault(each, "unknown " + each.value())));
        return SimulatedEmail.line(history.ledger().content(id), in, email.keywords());
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    @Override
    public void close() {
        // A hook must not act on what is being closed.
        mailbox.beforeRequest(() -> {});
        SyncProcess running = process;
        if (running != null) {
            running.close();
        }
        fixture.close();
        mailbox.close();
    }
}
