package dev.steadymail.cache.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every level must do that processes share. */
public abstract class SharedLevelConformance {
    /** The account that most is kept of. */
    protected static final String ADA = "imap:ada@example.com";

    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final long LONGEST_WAIT = 10;
    private static final SharedName STATE = SharedName.state("1");
    private static final SharedName OTHER = SharedName.state("2");
    private static final SharedName LIST = SharedName.list("inbox");
    private static final LastingName EMAIL = new LastingName("1", "");
    private static final LastingName PART = new LastingName("1", "part 2");

    /** Returns a handle onto one level that is the same for the whole test and empty at first, as one more process has it. */
    protected abstract SharedLevel open();

    /** Returns when what was sent without waiting has arrived. */
    protected abstract void settle();

    @Test
    void keep_givesBack_whatWasKept() {
        SharedLevel level = open();
        keep(level, begin(level), Map.of(STATE, "seen", LIST, "1,2"), Map.of(EMAIL, "subject", PART, "octets"));
        Found found = open().find(ADA, new Wanted(List.of(STATE, OTHER, LIST), List.of(EMAIL, PART)));
        assertEquals(Map.of(STATE, "seen", LIST, "1,2"), texts(found));
        assertEquals("subject", text(found.lasting().get(EMAIL)));
        assertEquals("octets", text(found.lasting().get(PART)));
        assertTrue(found.changing().get(STATE).age().compareTo(Duration.ofSeconds(LONGEST_WAIT)) < 0);
    }

    @Test
    void find_knowsNothing_ofOtherAccounts() {
        SharedLevel level = open();
        keep(level, begin(level), Map.of(STATE, "seen"), Map.of(EMAIL, "subject"));
        Found found = level.find("imap:bob@example.com", new Wanted(List.of(STATE), List.of(EMAIL)));
        assertEquals(Found.NOTHING, found);
    }

    @Test
    void touch_takesStateAndLists_andNoOtherState() {
        SharedLevel level = open();
        keep(level, begin(level), Map.of(STATE, "seen", OTHER, "flagged", LIST, "1,2"), Map.of());
        assertTrue(level.touch(ADA, 0, Set.of("1")).isPresent());
        assertEquals(Map.of(OTHER, "flagged"), changing(level));
    }

    @Test
    void keep_afterTouch_keepsWhatWasNotTouched() {
        SharedLevel level = open();
        Begun before = begin(level);
        assertTrue(open().touch(ADA, 0, Set.of("1")).isPresent());
        keep(level, before, Map.of(STATE, "old", OTHER, "good", LIST, "old"), Map.of(EMAIL, "subject"));
        assertEquals(Map.of(OTHER, "good"), changing(level));
        assertEquals(
                1, level.find(ADA, Wanted.lasting(List.of(EMAIL))).lasting().size());
        Begun after = begin(level);
        keep(level, after, Map.of(STATE, "new", LIST, "new"), Map.of());
        assertEquals(Map.of(OTHER, "good", STATE, "new", LIST, "new"), changing(level));
    }

    @Test
    void touchAll_takesEverythingThatChanges() {
        SharedLevel level = open();
        Begun before = begin(level);
        keep(level, before, Map.of(STATE, "seen", LIST, "1,2"), Map.of(EMAIL, "subject"));
        Begun under = begin(level);
        assertTrue(level.touchAll(ADA, 0).isPresent());
        keep(level, under, Map.of(STATE, "old"), Map.of());
        assertEquals(Map.of(), changing(level));
        assertEquals(
                1, level.find(ADA, Wanted.lasting(List.of(EMAIL))).lasting().size());
    }

    @Test
    void keep_ofEarlierReading_leavesLaterOne() {
        SharedLevel level = open();
        Begun first = begin(level);
        assertTrue(level.touch(ADA, 0, Set.of("2")).isPresent());
        keep(level, begin(level), Map.of(STATE, "later"), Map.of());
        keep(level, first, Map.of(STATE, "earlier"), Map.of());
        assertEquals(Map.of(STATE, "later"), changing(level));
    }

    @Test
    void positions_grow_withTouches_andAboveTheFloor() {
        SharedLevel level = open();
        long begun = begin(level).position();
        long touched = level.touch(ADA, 0, Set.of("1")).orElseThrow();
        assertTrue(touched > begun);
        assertTrue(begin(level).position() >= touched);
        long ahead = touched + TimeUnit.DAYS.toMicros(1);
        assertTrue(level.begin(ADA, ahead, Set.of(), 0, CLAIM, Wanted.changing(List.of()))
                        .orElseThrow()
                        .position()
                >= ahead);
        assertTrue(level.touchAll(ADA, ahead + 7).orElseThrow() > ahead + 7);
    }

    @Test
    void begin_grantsOnce_untilKept() {
        SharedLevel level = open();
        SharedLevel other = open();
        Begun mine = claim(level, 1, "a", "b");
        assertEquals(Set.of("a", "b"), mine.granted());
        assertEquals(Set.of("c"), claim(other, 1, "b", "c").granted());
        keep(level, mine, Map.of(), Map.of());
        assertEquals(Set.of("a", "b"), claim(other, 1, "a", "b").granted());
    }

    @Test
    void begin_grantsOnceMore_toTheMoreUrgent() {
        SharedLevel level = open();
        Begun background = claim(level, 3, "a");
        Begun urgent = claim(open(), 0, "a");
        assertEquals(Set.of("a"), urgent.granted());
        // What is given back is one's own claim alone.
        keep(level, background, Map.of(), Map.of());
        assertEquals(Set.of(), claim(level, 2, "a").granted());
    }

    @Test
    void begin_grantsOnceMore_whatATouchCameAfter() {
        SharedLevel level = open();
        Begun old = claim(level, 0, "a");
        assertTrue(level.touch(ADA, 0, Set.of("1")).isPresent());
        Begun fresh = claim(open(), 0, "a");
        assertEquals(Set.of("a"), fresh.granted());
        keep(level, old, Map.of(), Map.of());
        assertEquals(Set.of(), claim(level, 0, "a").granted());
    }

    @Test
    void begin_findsWhatAnotherHasKept() {
        SharedLevel level = open();
        keep(level, begin(level), Map.of(STATE, "seen"), Map.of(EMAIL, "subject"));
        Found found = level.begin(ADA, 0, Set.of("a"), 0, CLAIM, new Wanted(List.of(STATE), List.of(EMAIL)))
                .orElseThrow()
                .found();
        assertEquals(Map.of(STATE, "seen"), texts(found));
        assertEquals(1, found.lasting().size());
    }

    @Test
    void remove_takesAllOfAnOwner() {
        SharedLevel level = open();
        LastingName other = new LastingName("2", "");
        keep(level, begin(level), Map.of(), Map.of(EMAIL, "subject", PART, "octets", other, "stays"));
        Begun under = begin(level);
        assertTrue(open().remove(ADA, 0, Set.of("1")).isPresent());
        keep(level, under, Map.of(STATE, "old"), Map.of(EMAIL, "back", PART, "back"));
        assertEquals(Map.of(), changing(level));
        Found found = level.find(ADA, Wanted.lasting(List.of(EMAIL, PART, other)));
        assertEquals(Set.of(other), found.lasting().keySet());
    }

    @Test
    void forget_takesEverything() {
        SharedLevel level = open();
        Begun under = begin(level);
        keep(level, begin(level), Map.of(STATE, "seen", LIST, "1"), Map.of(EMAIL, "subject", PART, "octets"));
        assertTrue(level.forget(ADA, 0).isPresent());
        settle();
        assertEquals(Found.NOTHING, level.find(ADA, new Wanted(List.of(STATE, LIST), List.of(EMAIL, PART))));
        keep(level, under, Map.of(STATE, "old"), Map.of(EMAIL, "back"));
        assertEquals(Found.NOTHING, level.find(ADA, new Wanted(List.of(STATE), List.of(EMAIL))));
    }

    @Test
    void octets_comeBackAsTheyWere() {
        SharedLevel level = open();
        byte[] octets = new byte[100_000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 31 + i / 256);
        }
        level.keep(ADA, "", begin(level), new Values(Map.of(STATE, octets), Map.of(PART, octets)));
        settle();
        Found found = level.find(ADA, new Wanted(List.of(STATE), List.of(PART)));
        assertArrayEquals(octets, found.changing().get(STATE).octets());
        assertArrayEquals(octets, found.lasting().get(PART));
    }

    @Test
    void follow_hearsOthers_andNotItself() throws InterruptedException {
        SharedLevel level = open();
        SharedLevel other = open();
        Heard heard = new Heard();
        SharedLevel.Following following = level.follow(ADA, heard);
        try {
            untilHeard(heard, () -> other.touch(ADA, 0, Set.of("1", "2")), "1,2");
            assertTrue(level.touch(ADA, 0, Set.of("own")).isPresent());
            untilHeard(heard, () -> other.touchAll(ADA, 0), "all");
            untilHeard(heard, () -> other.touch(ADA, 0, Set.of("3")), "3");
            untilHeard(heard, () -> other.forget(ADA, 0), "forgotten");
            assertFalse(heard.all.contains("own"), heard.all::toString);
        } finally {
            following.close();
        }
    }

    /** Hearing may begin after following: it is said until it is heard. */
    private static void untilHeard(Heard heard, Supplier<OptionalLong> say, String text) throws InterruptedException {
        for (int i = 0; i < LONGEST_WAIT; i++) {
            assertTrue(say.get().isPresent());
            String word = heard.next();
            while (word != null) {
                if (word.equals(text)) {
                    return;
                }
                word = heard.next();
            }
        }
        throw new AssertionError("not heard: " + text + ", but " + heard.all);
    }

    private static final class Heard implements TouchListener {
        private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void touched(Collection<String> states) {
            say(states.stream().sorted().collect(Collectors.joining(",")));
        }

        @Override
        public void touchedAll() {
            say("all");
        }

        @Override
        public void missed() {
            say("missed");
        }

        @Override
        public void forgotten() {
            say("forgotten");
        }

        private void say(String word) {
            all.add(word);
            words.add(word);
        }

        String next() throws InterruptedException {
            return words.poll(1, TimeUnit.SECONDS);
        }
    }

    private static Begun begin(SharedLevel level) {
        return claim(level, 0);
    }

    private static Begun claim(SharedLevel level, int urgency, String... claims) {
        return level.begin(ADA, 0, Set.copyOf(Arrays.asList(claims)), urgency, CLAIM, Wanted.changing(List.of()))
                .orElseThrow();
    }

    private void keep(
            SharedLevel level, Begun begun, Map<SharedName, String> changing, Map<LastingName, String> lasting) {
        level.keep(ADA, "", begun, new Values(octets(changing), octets(lasting)));
        settle();
    }

    private static <K> Map<K, byte[]> octets(Map<K, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getBytes(UTF_8)));
    }

    private static Map<SharedName, String> changing(SharedLevel level) {
        return texts(level.find(ADA, Wanted.changing(List.of(STATE, OTHER, LIST))));
    }

    private static Map<SharedName, String> texts(Found found) {
        return found.changing().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> text(entry.getValue().octets())));
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
