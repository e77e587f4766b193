package dev.steadymail.gmail;

import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailLabel;
import dev.steadymail.testkit.gmail.GmailMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random changes by other clients, random faults of server and connection: however runs end, after one that ends well with
 * nobody at work meanwhile, the store equals the mailbox. {@code -Dsteadymail.seed=} repeats one seed, as printed by a failure.
 */
class RandomChangesTest {
    private static final int SEEDS = 25;
    private static final int ROUNDS = 12;
    private static final int MOST_RUNS = 60;
    private static final RetryPolicy QUICK = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(4));

    @Test
    void store_equalsMailbox_afterEveryRunThatEndsWell() {
        Long only = Long.getLong("steadymail.seed");
        long first = only == null ? 20_260_301L : only;
        for (long seed = first; seed < first + (only == null ? SEEDS : 1); seed++) {
            try (SyncedMailbox synced = new SyncedMailbox(QUICK)) {
                new Story(synced, new Random(seed), "-Dsteadymail.seed=" + seed).tell();
            }
        }
    }

    /** What happens under one seed. */
    private record Story(SyncedMailbox synced, Random random, String seed) {
        void tell() {
            synced.deliver(random.nextInt(40), "INBOX", "UNREAD");
            if (random.nextInt(3) == 0) {
                synced.scope(synced.mailbox.createLabel("scope"), "INBOX", "Label_404");
            }
            for (int round = 0; round < ROUNDS; round++) {
                String place = seed + ", round " + round;
                disturb();
                crash(place);
                runToEnd(place);
                synced.beforeRequest(() -> {});
                synced.server.clearFaults();
                runToEnd(place);
                synced.assertConverged(place);
                change(1 + random.nextInt(12));
                runToEnd(place);
                synced.assertConverged(place + ", undisturbed");
                change(random.nextInt(12));
            }
        }

        /** Lets other clients and faults into the next run. */
        private void disturb() {
            for (int i = random.nextInt(4); i > 0; i--) {
                synced.server.inject(fault().skip(random.nextInt(12)).times(1 + random.nextInt(3)));
            }
            if (random.nextInt(3) == 0) {
                synced.expireHistory();
                synced.deliver(1, "INBOX");
                synced.expireHistory();
            }
            int rate = 1 + random.nextInt(12);
            int[] left = {random.nextInt(15)};
            synced.beforeRequest(() -> {
                if (left[0] > 0 && random.nextInt(rate) == 0) {
                    left[0]--;
                    change(1);
                }
            });
        }

        /** Dies after some page, or goes on in the same process after a failure. */
        private void crash(String place) {
            int[] pages = {random.nextInt(6)};
            try {
                synced.sync(synced::load, report -> {
                    if (pages[0]-- == 0) {
                        throw new Crash();
                    }
                });
            } catch (Crash crash) {
                synced.restart();
            } catch (MailException failure) {
                requireHarmless(failure, place);
            }
        }

        private GmailFault fault() {
            GmailFault fault =
                    switch (random.nextInt(9)) {
                        // Without a time, or for concurrency, the account would pause, and time is real here.
                        case 0 ->
                            GmailFault.status(429, "rateLimitExceeded", "Rate Limit Exceeded")
                                    .retryAfter(Duration.ZERO);
                        case 1 -> GmailFault.status(503, "backendError", "Backend Error");
                        case 2 -> GmailFault.status(502, "text/html", "<html>Bad Gateway</html>", Map.of());
                        case 3 -> GmailFault.resetBefore();
                        case 4 -> GmailFault.resetAfter();
                        case 5 ->
                            GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                                    .onPath("/(messages|history)$");
                        case 6 ->
                            GmailFault.status(404, "notFound", "Requested entity was not found.")
                                    .onPath("/history$");
                        default -> GmailFault.truncate(random.nextInt(200));
                    };
            return fault;
        }

        /** A refused list fails the run for good where it is refused without a page token; the next one begins again. */
        private void runToEnd(String place) {
            for (int run = 0; run < MOST_RUNS; run++) {
                try {
                    synced.sync();
                    return;
                } catch (MailException failure) {
                    requireHarmless(failure, place);
                }
            }
            throw new AssertionError("no run ended well, " + place);
        }

        private static void requireHarmless(MailException failure, String place) {
            boolean injected = Set.of(Kind.INVALID, Kind.CURSOR_EXPIRED).contains(failure.kind());
            if (!failure.isRetryable() && !injected) {
                throw new AssertionError(place, failure);
            }
        }

        /** Chooses and changes as one step: a request that is late may be changing as well. */
        private void change(int count) {
            synchronized (synced.mailbox) {
                for (int i = 0; i < count; i++) {
                    changeOnce();
                }
            }
        }

        private void changeOnce() {
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> synced.deliver(1 + random.nextInt(4), labels());
                case 3, 4 -> message(id -> synced.mailbox.delete(id));
                case 5 -> synced.expireHistory();
                case 6 -> newLabel();
                case 9 -> message(id -> synced.mailbox.modify(id, Set.of(newLabel()), Set.of()));
                case 7 -> userLabel(label -> synced.mailbox.renameLabel(label, "renamed " + random.nextLong()));
                case 8 -> userLabel(synced.mailbox::deleteLabel);
                default -> message(id -> synced.mailbox.modify(id, Set.of(labels()), Set.of(labels())));
            }
        }

        private String newLabel() {
            return synced.mailbox.createLabel("label " + random.nextLong());
        }

        private void message(Consumer<String> change) {
            List<GmailMessage> messages = synced.mailbox.messages();
            if (!messages.isEmpty()) {
                change.accept(messages.get(random.nextInt(messages.size())).id());
            }
        }

        private void userLabel(Consumer<String> change) {
            List<GmailLabel> labels = synced.mailbox.labels().stream()
                    .filter(label -> !label.system())
                    .toList();
            if (!labels.isEmpty()) {
                change.accept(labels.get(random.nextInt(labels.size())).id());
            }
        }

        /** Up to three different labels, system and users' ones. */
        private String[] labels() {
            List<String> all = new ArrayList<>(List.of("INBOX", "UNREAD", "STARRED", "SENT", "SPAM", "TRASH"));
            synced.mailbox.labels().stream().filter(label -> !label.system()).forEach(label -> all.add(label.id()));
            Supplier<String> any = () -> all.get(random.nextInt(all.size()));
            return Stream.generate(any).limit(random.nextInt(4)).distinct().toArray(String[]::new);
        }
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
