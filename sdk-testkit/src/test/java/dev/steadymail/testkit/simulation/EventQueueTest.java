package dev.steadymail.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue queue = new EventQueue();
    private final List<String> happened = new ArrayList<>();

    @Test
    void take_givesByTimeThenByOrderOfSetting() {
        add(2, "late");
        add(1, "first");
        add(1, "second");
        drain();
        assertEquals(List.of("first", "second", "late"), happened);
    }

    @Test
    void nextAt_nothingWaits_isNever() {
        assertEquals(EventQueue.NEVER, queue.nextAt());
        add(1, "cancelled").cancel();
        assertEquals(EventQueue.NEVER, queue.nextAt());
        assertEquals(0, queue.waiting());
    }

    @Test
    void cancel_twiceOrAfterwards_countsOnce() {
        Event event = add(1, "never");
        event.cancel();
        event.cancel();
        Event done = add(1, "done");
        drain();
        done.cancel();
        assertEquals(List.of("done"), happened);
        assertEquals(0, queue.waiting());
    }

    @Test
    void randomUse_isLikeASortedMap() {
        Simulation.explore(50, simulation -> {
            RandomGenerator choices = simulation.choices("use");
            EventQueue tested = new EventQueue();
            Model model = new Model();
            for (int step = 0; step < 3_000; step++) {
                int use = choices.nextInt(10);
                if (use < 5) {
                    model.add(tested, choices.nextInt(1_000));
                } else if (use < 8) {
                    model.cancelAny(choices);
                } else {
                    model.takeFrom(tested);
                }
                assertEquals(model.waiting.size(), tested.waiting());
            }
            while (!model.waiting.isEmpty()) {
                model.takeFrom(tested);
            }
            assertEquals(EventQueue.NEVER, tested.nextAt());
        });
    }

    @Test
    void cancel_ofMost_sweepsTheRest() {
        List<Event> cancelled = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            cancelled.add(add(1_000_000 + i, "cancelled"));
        }
        add(1, "kept");
        cancelled.forEach(Event::cancel);
        assertEquals(1, queue.waiting());
        assertTrue(queue.held() < 100, () -> queue.held() + " held for one event");
        drain();
        assertEquals(List.of("kept"), happened);
    }

    private Event add(long at, String name) {
        return queue.add(at, () -> happened.add(name));
    }

    private void drain() {
        while (queue.nextAt() != EventQueue.NEVER) {
            queue.take().happen();
        }
    }

    private record Key(long at, int order) {}

    /** The same queue, slow and plain. */
    private static final class Model {
        private final TreeMap<Key, Event> waiting =
                new TreeMap<>(Comparator.comparingLong(Key::at).thenComparingInt(Key::order));
        private int order;
        private int lastHappened;

        void add(EventQueue tested, long at) {
            int number = ++order;
            waiting.put(new Key(at, number), tested.add(at, () -> lastHappened = number));
        }

        void cancelAny(RandomGenerator choices) {
            if (!waiting.isEmpty()) {
                List<Key> keys = new ArrayList<>(waiting.keySet());
                waiting.remove(keys.get(choices.nextInt(keys.size()))).cancel();
            }
        }

        void takeFrom(EventQueue tested) {
            if (waiting.isEmpty()) {
                assertEquals(EventQueue.NEVER, tested.nextAt());
                return;
            }
            Key next = waiting.firstKey();
            waiting.remove(next);
            assertEquals(next.at(), tested.nextAt());
            tested.take().happen();
            assertEquals(next.order(), lastHappened);
        }
    }
}
