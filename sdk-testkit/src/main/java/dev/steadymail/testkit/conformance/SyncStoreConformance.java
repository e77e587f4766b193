package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.StoreSamples.INBOX;
import static dev.steadymail.testkit.conformance.StoreSamples.WORK;
import static dev.steadymail.testkit.conformance.StoreSamples.email;
import static dev.steadymail.testkit.conformance.StoreSamples.first;
import static dev.steadymail.testkit.conformance.StoreSamples.id;
import static dev.steadymail.testkit.conformance.StoreSamples.second;
import static dev.steadymail.testkit.conformance.StoreSamples.to;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every sync store must do. Extend it, return a fixture with an empty medium, and inherit the tests. */
public abstract class SyncStoreConformance {
    private static final int RUNS = 40;
    private static final int BATCHES = 25;
    private static final int MAX_STEPS = 100_000;

    private SyncStoreFixture fixture;
    private SyncStore store;

    /** For subclasses. */
    protected SyncStoreConformance() {}

    /** Returns a fixture with an empty medium; it is closed after the test. */
    protected abstract SyncStoreFixture newFixture();

    @BeforeEach
    final void openStore() {
        fixture = newFixture();
        store = fixture.open();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }

    @Test
    final void open_newMedium_isEmpty() {
        assertEquals(new StoreView(Optional.empty(), Set.of(), Set.of(), Set.of(), Map.of()), view());
    }

    @Test
    final void apply_showsInEveryView() {
        store.apply(first());
        assertEquals("1", store.cursor().orElseThrow().value());
        assertEquals(Set.of(INBOX), store.known().find(id("a")).orElseThrow().mailboxIds());
        assertEquals(
                List.of(id("b")),
                store.known().in(WORK).stream().map(KnownEmail::id).toList());
        assertEquals(2, store.known().all().size());
        assertEquals(2, store.known().mailboxes().size());
    }

    @Test
    final void apply_everyKindOfChange_isDoneInTheStatedOrder() {
        StoreModel model = new StoreModel();
        for (SyncBatch batch : List.of(first(), second())) {
            model.apply(batch);
            store.apply(batch);
            assertEquals(model.view().withoutOwnIds(), view().withoutOwnIds());
        }
        assertEquals(
                List.of(id("c")),
                store.known().in(INBOX).stream().map(KnownEmail::id).toList());
    }

    @Test
    final void apply_twice_isLikeOnce() {
        store.apply(first());
        store.apply(second());
        StoreView once = view();
        store.apply(second());
        assertEquals(once, view());
    }

    @Test
    final void reopen_showsWhatWasAppliedLast() {
        store.apply(first());
        store.apply(second());
        StoreView before = view();
        store = fixture.open();
        assertEquals(before, view());
    }

    @Test
    final void known_followsWhatIsApplied() {
        var known = store.known();
        store.apply(first());
        assertTrue(known.find(id("a")).isPresent(), "the view was a copy");
    }

    @Test
    final void present_isWhatFindFinds() {
        store.apply(first());
        assertEquals(Set.of(id("a"), id("b")), store.known().present(List.of(id("a"), id("x"), id("b"), id("a"))));
        assertEquals(Set.of(), store.known().present(List.of()));
    }

    @Test
    final void relocated_keepsTheStoresOwnId() {
        store.apply(first());
        Object before = ownId("a");
        store.apply(to("2").relocate(new Change.Relocated(id("a"), id("z"), Set.of(WORK)))
                .build());
        assertEquals(before, ownId("z"));
        assertNull(fixture.ownId(store, id("a")));
        assertNotEquals(before, ownId("b"));
    }

    @Test
    final void created_overKnown_replacesAndKeepsTheStoresOwnId() {
        store.apply(first());
        Object before = ownId("a");
        store.apply(to("2").create(email("a", WORK, Keyword.SEEN)).build());
        assertEquals(before, ownId("a"));
        assertEquals(
                Set.of(Keyword.SEEN), store.known().find(id("a")).orElseThrow().keywords());
        assertEquals(List.of(), List.copyOf(store.known().in(INBOX)));
    }

    @Test
    final void createdAfterDestroyed_isAnotherEmail() {
        store.apply(first());
        Object before = ownId("a");
        store.apply(to("2").destroy(id("a")).build());
        store = fixture.open();
        store.apply(to("3").create(email("a", INBOX)).build());
        assertNotEquals(before, ownId("a"));
    }

    @Test
    final void unknownIds_areIgnored() {
        store.apply(first());
        StoreView before = view();
        store.apply(SyncBatch.to(store.cursor().orElseThrow())
                .relocate(new Change.Relocated(id("x"), id("y"), Set.of(WORK)))
                .update(new Change.Updated(id("x"), Set.of(WORK), Set.of()))
                .destroy(id("x"))
                .build());
        assertEquals(before, view());
    }

    @Test
    final void parked_staysUntilCreatedOrDestroyed() {
        store.apply(to("1").park(new ParkedEmail(id("p"), "first try"))
                .park(new ParkedEmail(id("q"), "first try"))
                .build());
        store.apply(to("2").park(new ParkedEmail(id("p"), "second try")).build());
        store = fixture.open();
        assertEquals(Map.of(id("p"), "second try", id("q"), "first try"), reasons());
        store.apply(to("3").create(email("p", INBOX)).destroy(id("q")).build());
        assertEquals(Map.of(), reasons());
    }

    @Test
    final void relocated_whileParked_isTriedUnderItsNewId() {
        store.apply(to("1").park(new ParkedEmail(id("p"), "unreadable")).build());
        store.apply(to("2").relocate(new Change.Relocated(id("p"), id("q"), Set.of(WORK)))
                .build());
        assertEquals(Map.of(id("q"), "unreadable"), reasons());
    }

    @Test
    final void cut_atAnyStepOfApply_leavesAllOrNothing() {
        store.apply(first());
        StoreView before = view();
        int step = 0;
        int lost = 0;
        while (step < MAX_STEPS && fixture.applyCutAt(step, second())) {
            store = fixture.open();
            if (before.equals(view())) {
                lost++;
            } else {
                assertAfter(step);
            }
            restart();
            before = view();
            step++;
        }
        assumeTrue(step > 0, "the store promises nothing after a crash");
        assertTrue(lost > 0, "no cut was early enough to lose the batch, so nothing was cut");
    }

    @Test
    final void cut_thenAppliedAgain_isLikeNeverCut() {
        store.apply(first());
        for (int step = 0; step < MAX_STEPS && fixture.applyCutAt(step, second()); step += 7) {
            store = fixture.open();
            store.apply(second());
            store = fixture.open();
            assertAfter(step);
            restart();
        }
    }

    @Test
    final void randomBatches_andReopening_followTheModel() {
        long base = Long.getLong("steadymail.seed", 20_240_301L);
        for (long seed = base; seed < base + RUNS; seed++) {
            closeFixture();
            openStore();
            follow(new Random(seed), "-Dsteadymail.seed=" + seed);
        }
    }

    private void follow(Random random, String seed) {
        StoreModel model = new StoreModel();
        Map<Object, Object> identities = new HashMap<>();
        for (int number = 1; number <= BATCHES; number++) {
            SyncBatch batch = StoreSamples.random(random, number);
            model.apply(batch);
            store.apply(batch);
            if (random.nextInt(4) == 0) {
                store = fixture.open();
            }
            assertEquals(model.view().withoutOwnIds(), view().withoutOwnIds(), seed);
            assertSameIdentities(model.view().ownIds(), identities, seed);
        }
    }

    /** The store's ids and the model's pair up one to one, and stay so. */
    private void assertSameIdentities(Map<EmailId, Object> wanted, Map<Object, Object> identities, String seed) {
        Map<EmailId, Object> actual = view().ownIds();
        wanted.forEach((id, ownId) -> {
            Object pair = Objects.requireNonNull(actual.get(id), seed);
            Object before = identities.putIfAbsent(ownId, pair);
            assertEquals(before == null ? pair : before, pair, "an email's own id changed, " + seed);
        });
        assertEquals(
                identities.size(), Set.copyOf(identities.values()).size(), () -> "an own id was given twice, " + seed);
    }

    private void restart() {
        closeFixture();
        openStore();
        store.apply(first());
    }

    private void assertAfter(int step) {
        StoreModel model = new StoreModel();
        model.apply(first());
        model.apply(second());
        assertEquals(model.view().withoutOwnIds(), view().withoutOwnIds(), "half a batch after a cut at step " + step);
    }

    private Object ownId(String id) {
        return Objects.requireNonNull(fixture.ownId(store, id(id)));
    }

    private Map<EmailId, String> reasons() {
        Map<EmailId, String> reasons = new HashMap<>();
        store.parked().forEach(email -> reasons.put(email.id(), email.reason()));
        return reasons;
    }

    private StoreView view() {
        return StoreView.of(store, fixture);
    }
}
