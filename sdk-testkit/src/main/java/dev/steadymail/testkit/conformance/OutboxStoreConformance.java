package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.OutboxSamples.at;
import static dev.steadymail.testkit.conformance.OutboxSamples.content;
import static dev.steadymail.testkit.conformance.OutboxSamples.full;
import static dev.steadymail.testkit.conformance.OutboxSamples.in;
import static dev.steadymail.testkit.conformance.OutboxSamples.octets;
import static dev.steadymail.testkit.conformance.OutboxSamples.queued;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every outbox store must do. Extend it, return a fixture with an empty medium, and inherit the tests. */
public abstract class OutboxStoreConformance {
    private static final int RUNS = 10;
    private static final int STEPS = 60;
    private static final int RIVALS = 8;

    private static final Set<OutboxState> ALL = EnumSet.allOf(OutboxState.class);

    private OutboxStoreFixture fixture;
    private OutboxStore store;

    /** For subclasses. */
    protected OutboxStoreConformance() {}

    /** Returns a fixture with an empty medium; it is closed after the test. */
    protected abstract OutboxStoreFixture newFixture();

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
    final void emptyStore_hasNothing() {
        assertEquals(Optional.empty(), store.find("a"));
        assertEquals(Optional.empty(), store.nextDue(ALL));
        assertEquals(Optional.empty(), store.left(1));
        assertEquals(List.of(), store.due(ALL, at(100), 10));
        assertEquals(List.of(), store.list(10));
        assertEquals(0, store.waiting());
        assertEquals(0, store.forget(at(100)));
        assertFalse(store.replace(full("a", 2)));
    }

    @Test
    final void entry_comesBackWithAllItHas() {
        OutboxEntry entry = full("k\u00e9y with a \ud83d\udd11 and / in it", 1);
        assertEquals(Optional.empty(), store.add(entry, content("one")));
        assertEquals(Optional.of(entry), store.find(entry.key()));
        OutboxEntry bare = in(OutboxState.REFUSED, "b", 1, null, null);
        store.add(bare, content("two"));
        assertEquals(Optional.of(bare), store.find("b"));
    }

    @Test
    final void content_isReadAsOftenAsNeeded() throws IOException {
        OutboxEntry entry = queued("a", 5);
        store.add(entry, content("one"));
        RawContent kept = store.content(entry);
        assertEquals(content("one").size(), kept.size());
        assertArrayEquals(octets(content("one")), octets(kept));
        assertArrayEquals(octets(content("one")), octets(kept));
    }

    @Test
    final void content_ofASentMessageIsThereUntilItIsSettled() throws IOException {
        store.add(queued("a", 5), content("one"));
        OutboxEntry sent = in(OutboxState.SENT, "a", 2, at(60), at(6));
        assertTrue(store.replace(sent));
        assertArrayEquals(octets(content("one")), octets(store.content(sent)));
        assertEquals(1, store.waiting());
        assertTrue(store.replace(in(OutboxState.SENT, "a", 3, null, at(6))));
        assertEquals(0, store.waiting());
    }

    @Test
    final void keyThatIsThere_isNotAddedAgain() throws IOException {
        OutboxEntry first = queued("a", 5);
        store.add(first, content("one"));
        assertEquals(Optional.of(first), store.add(queued("a", 9), content("another")));
        assertEquals(Optional.of(first), store.find("a"));
        assertArrayEquals(octets(content("one")), octets(store.content(first)));
    }

    @Test
    final void contentThatCannotBeRead_addsNothing() {
        RawContent broken = new RawContent() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("gone");
            }
        };
        if (!fixture.isDurable()) {
            return;
        }
        assertThrows(MailException.class, () -> store.add(queued("a", 5), broken));
        assertEquals(Optional.empty(), store.find("a"));
        assertEquals(Optional.empty(), store.add(queued("a", 5), content("one")));
    }

    @Test
    final void replacing_needsTheVersionBefore() {
        store.add(queued("a", 5), content("one"));
        OutboxEntry second = in(OutboxState.SENDING, "a", 2, at(9), null);
        assertTrue(store.replace(second));
        assertFalse(store.replace(in(OutboxState.CANCELLED, "a", 2, null, null)), "somebody was first");
        assertFalse(store.replace(in(OutboxState.CANCELLED, "a", 4, null, null)), "a version is missing");
        assertEquals(Optional.of(second), store.find("a"));
        assertTrue(store.replace(in(OutboxState.SENT, "a", 3, null, at(6))));
    }

    @Test
    final void ofManyWhoReplace_oneDoes() throws Exception {
        store.add(queued("a", 5), content("one"));
        ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
        try {
            for (int version = 2; version < 20; version++) {
                int next = version;
                Callable<Boolean> rival = () -> store.replace(in(OutboxState.QUEUED, "a", next, at(next), null));
                int won = 0;
                for (Future<Boolean> each :
                        threads.invokeAll(Collections.nCopies(RIVALS, rival), 60, TimeUnit.SECONDS)) {
                    won += each.get() ? 1 : 0;
                }
                assertEquals(1, won);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    final void due_areTheEarliestUpToAnInstant() {
        store.add(queued("c", 7), content("c"));
        store.add(queued("a", 5), content("a"));
        store.add(queued("b", 6), content("b"));
        store.add(in(OutboxState.SENT, "d", 1, null, at(1)), content("d"));
        assertEquals(Optional.of(at(5)), store.nextDue(ALL));
        assertEquals(List.of(), store.due(ALL, at(4), 10));
        assertEquals(List.of("a", "b"), keys(store.due(ALL, at(6), 10)));
        assertEquals(List.of("a"), keys(store.due(ALL, at(100), 1)));
        store.replace(in(OutboxState.REFUSED, "a", 2, null, null));
        assertEquals(Optional.of(at(6)), store.nextDue(ALL));
        assertEquals(2, store.waiting());
    }

    @Test
    final void due_areOfTheStatesThatAreAskedFor() {
        store.add(queued("a", 5), content("a"));
        store.add(in(OutboxState.UNKNOWN, "b", 1, at(6), at(1)), content("b"));
        store.add(in(OutboxState.SENDING, "c", 1, at(7), null), content("c"));
        Set<OutboxState> gone = EnumSet.of(OutboxState.UNKNOWN, OutboxState.SENDING);
        assertEquals(List.of("b", "c"), keys(store.due(gone, at(7), 10)));
        assertEquals(Optional.of(at(6)), store.nextDue(gone));
        assertEquals(Optional.of(at(5)), store.nextDue(EnumSet.of(OutboxState.QUEUED)));
        assertEquals(Optional.empty(), store.nextDue(EnumSet.of(OutboxState.SENT)));
        assertEquals(List.of(), store.due(EnumSet.noneOf(OutboxState.class), at(7), 10));
    }

    @Test
    final void left_countsFromTheLast() {
        store.add(in(OutboxState.SENT, "a", 1, null, at(10)), content("a"));
        store.add(in(OutboxState.SENDING, "b", 1, at(50), at(30)), content("b"));
        store.add(in(OutboxState.UNKNOWN, "c", 1, null, at(20)), content("c"));
        store.add(queued("d", 1), content("d"));
        assertEquals(Optional.of(at(30)), store.left(1));
        assertEquals(Optional.of(at(20)), store.left(2));
        assertEquals(Optional.of(at(10)), store.left(3));
        assertEquals(Optional.empty(), store.left(4));
        store.replace(in(OutboxState.QUEUED, "b", 2, at(60), null));
        assertEquals(Optional.of(at(20)), store.left(1));
    }

    @Test
    final void forgetting_takesSettledEntriesOfBefore() {
        store.add(in(OutboxState.SENT, "sent", 1, null, at(10)), content("a"));
        store.add(in(OutboxState.UNKNOWN, "unknown", 1, null, at(10)), content("a"));
        store.add(in(OutboxState.UNKNOWN, "looking", 1, at(20), at(10)), content("a"));
        store.add(queued("queued", 20), content("a"));
        assertEquals(0, store.forget(at(1)));
        assertEquals(2, store.forget(at(2)));
        assertEquals(2, store.list(10).size());
        assertEquals(Optional.empty(), store.find("sent"));
        assertEquals(Optional.empty(), store.add(queued("sent", 5), content("again")));
    }

    @Test
    final void whatWasDone_isThereAfterAKill() throws IOException {
        assumeTrue(fixture.isDurable(), "the store ends with its process");
        for (int seed = 1; seed <= RUNS; seed++) {
            randomSteps(new Random(seed), seed);
        }
    }

    private void randomSteps(Random random, int seed) throws IOException {
        Map<String, OutboxEntry> model = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            String key = seed + "-" + random.nextInt(6);
            OutboxEntry now = model.get(key);
            if (now == null) {
                OutboxEntry added = queued(key, random.nextInt(100));
                assertEquals(Optional.empty(), store.add(added, content(key)));
                model.put(key, added);
            } else {
                OutboxState state = OutboxState.values()[random.nextInt(OutboxState.values().length)];
                OutboxEntry next = in(
                        state,
                        key,
                        now.version() + 1,
                        state.isFinal() ? null : at(random.nextInt(100)),
                        random.nextBoolean() ? at(random.nextInt(100)) : null);
                if (!now.state().isFinal()) {
                    assertTrue(store.replace(next));
                    model.put(key, next);
                }
            }
            if (random.nextInt(5) == 0) {
                store = fixture.open();
            }
            for (OutboxEntry entry : model.values()) {
                String place = "seed " + seed + ", step " + step;
                assertEquals(Optional.of(entry), store.find(entry.key()), place);
                if (!entry.state().isFinal()) {
                    assertArrayEquals(octets(content(entry.key())), octets(store.content(entry)), place);
                }
            }
        }
    }

    private static List<String> keys(List<OutboxEntry> entries) {
        List<String> keys = new ArrayList<>();
        entries.forEach(entry -> keys.add(entry.key()));
        return keys;
    }
}
