package dev.steadymail.testkit.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import dev.steadymail.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bugs that syncs are known for, built in on purpose at the seams: the simulation catches each within 200 seeds. */
@Timeout(600)
class SyncBugsTest {
    private static final int SEEDS = 200;

    /** The cursor is durable before the changes are: what a crash between loses is never asked for again. */
    @Test
    void cursorAheadOfItsChanges_isCaught() {
        caught(
                "the cursor is advanced early",
                SyncSimulation.of(
                        simulation -> InMemoryMailbox.folders(),
                        simulation -> new CursorFirst(new InMemoryStoreFixture(), simulation)));
    }

    /** An email that cannot be read is left out for good. */
    @Test
    void failingEntrySkipped_isCaught() {
        UnaryOperator<EmailLoader> skipping =
                loader -> (ids, call) -> new Loaded(loader.load(ids, call).emails(), List.of());
        caught(
                "a failing entry is skipped",
                SyncSimulation.of(simulation -> InMemoryMailbox.labels()).loader(skipping));
    }

    /** As many came as went, so nothing is looked at. */
    @Test
    void trustInCounts_isCaught() {
        caught(
                "counts are trusted",
                SyncSimulation.of(simulation -> InMemoryMailbox.labels())
                        .account(account -> new TamperedAccount(account, new CountTrusting())));
    }

    private static void caught(String bug, SyncSimulation sync) {
        OptionalLong seed = sync.firstViolation(SEEDS);
        System.out.println("sync bug, " + bug + ": caught with seed " + seed.orElse(0));
        assertTrue(seed.isPresent(), () -> bug + ", and nothing was noticed");
    }

    private static final class CountTrusting implements TamperedAccount.Tampering {
        @Override
        public ChangePage changes(ChangeRequest request, Call call, MailProvider provider) {
            ChangePage page = provider.changes(request, call);
            List<Change> changes = new ArrayList<>(page.changes());
            if (count(page, Change.Appeared.class) == count(page, Change.Vanished.class)) {
                changes.removeIf(Change.Vanished.class::isInstance);
            }
            return new ChangePage(changes, page.next(), page.last(), page.mode(), page.expected());
        }

        private static long count(ChangePage page, Class<? extends Change> kind) {
            return page.changes().stream().filter(kind::isInstance).count();
        }
    }

    /** Writes the cursor, and then what it stands for. */
    private record CursorFirst(SyncStoreFixture fixture, Simulation simulation) implements SyncStoreFixture {
        @Override
        public SyncStore open() {
            return new Store(fixture.open(), simulation);
        }

        @Override
        public Object ownId(SyncStore store, EmailId id) {
            return fixture.ownId(((Store) store).store(), id);
        }

        @Override
        public boolean applyCutAt(int step, SyncBatch batch) {
            return fixture.applyCutAt(step, batch);
        }

        @Override
        public void close() {
            fixture.close();
        }

        private record Store(SyncStore store, Simulation simulation) implements SyncStore {
            @Override
            public Optional<SyncCursor> cursor() {
                return store.cursor();
            }

            @Override
            public KnownEmails known() {
                return store.known();
            }

            @Override
            public List<ParkedEmail> parked() {
                return store.parked();
            }

            @Override
            public void apply(SyncBatch batch) {
                store.apply(SyncBatch.to(batch.cursor()).build());
                if (simulation.happens("crash.behind.the.cursor", 0.05)) {
                    throw new SimulatedCrash("behind the cursor");
                }
                store.apply(batch);
            }
        }
    }
}
