package dev.steadymail.benchmarks.observability;

import dev.steadymail.benchmarks.Benchmarks;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.events.BatcherSettings;
import dev.steadymail.observability.events.BatcherStatistics;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.events.Overflow;
import dev.steadymail.observability.export.ExportResult;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Does memory stay flat where nobody takes what is sent? Hands ten million events, each a new object, to a batcher whose exporter always
 * fails, and prints after each million what the heap holds and where all events are. Arguments: how many events (10,000,000), and
 * {@code oldest} or {@code newest} for what is dropped.
 */
public final class DeadExporter {
    private static final int STEPS = 10;
    private static final int COLLECTIONS = 3;

    private DeadExporter() {}

    public static void main(String[] arguments) {
        long events = arguments.length == 0 ? 10_000_000 : Long.parseLong(arguments[0]);
        boolean newest = arguments.length > 1 && arguments[1].equals("newest");
        System.out.println(Benchmarks.machine());
        run(events, newest ? Overflow.DROP_NEWEST : Overflow.DROP_OLDEST)
                .forEach(step -> System.out.println(step.text()));
    }

    /** Returns what was so after each tenth of the events and, last, after the close. */
    static List<Step> run(long events, Overflow overflow) {
        EventBatcher batcher = EventBatcher.builder((batch, call) -> ExportResult.notTaken(Duration.ZERO))
                .settings(BatcherSettings.DEFAULT.withCapacity(10_000, overflow).withCloseWithin(Duration.ofSeconds(1)))
                .build();
        List<Step> steps = new ArrayList<>();
        long offered = 0;
        for (int step = 1; step <= STEPS; step++) {
            for (long until = events * step / STEPS; offered < until; offered++) {
                batcher.on(event(offered));
            }
            steps.add(new Step(offered, heap(), batcher.statistics()));
        }
        batcher.close();
        steps.add(new Step(offered, heap(), batcher.statistics()));
        return steps;
    }

    private static RequestEvent event(long number) {
        return new RequestEvent(
                Instant.ofEpochMilli(number),
                new AccountId("person " + number % 50),
                Protocol.GMAIL,
                "messages.get",
                Lane.BACKFILL,
                1,
                5,
                Duration.ZERO,
                Duration.ofMillis(80),
                0,
                null);
    }

    /** Returns how many octets are in use when all that can go has gone. */
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * Where all events are at a moment.
     *
     * @param handedOver how many were handed over
     * @param heap octets in use after a collection
     * @param all where they are
     */
    record Step(long handedOver, long heap, BatcherStatistics all) {
        boolean isBalanced() {
            return handedOver == all.offered()
                    && handedOver == all.dropped().total() + all.taken() + all.waiting()
                    && all.taken() == all.givenUp() + all.inDelivery();
        }

        private String text() {
            return String.format(
                    Locale.ROOT,
                    "%,d events, %,d KiB: dropped %,d oldest and %,d newest, waiting %,d, in delivery %d, given up %d, %s",
                    handedOver,
                    heap / 1_024,
                    all.dropped().oldest(),
                    all.dropped().newest(),
                    all.waiting(),
                    all.inDelivery(),
                    all.givenUp(),
                    isBalanced() ? "all accounted for" : "NOT ALL ACCOUNTED FOR");
        }
    }
}
