package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Request;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One account that many threads use and disturb at once. Thread-safe. */
final class ContestedAccount {
    static final Duration LONGEST_DEADLINE = Duration.ofSeconds(20);

    private static final Lane[] LANES = Lane.values();
    /** So few that threads often meet at the same call. */
    private static final int RECENT = 3;

    private static final int MOST_BLOCKED = 6;

    final Guard guard;
    final PlaceWatch watch;
    private final TimeSource time;
    private final ExecutorService threads;
    private final Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();
    private final Queue<OpenRequest> open = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<@Nullable CompletableFuture<String>> recent = new AtomicReferenceArray<>(RECENT);
    private final AtomicReferenceArray<@Nullable BlockedCaller> blocked = new AtomicReferenceArray<>(MOST_BLOCKED);

    ContestedAccount(Guard guard, TimeSource time, ExecutorService threads) {
        this.guard = guard;
        this.time = time;
        this.threads = threads;
        this.watch = new PlaceWatch(guard.settings().maxInFlight());
    }

    /** Does one thing that callers, servers or operators do. */
    void disturb(RandomGenerator choices) {
        int choice = choices.nextInt(40);
        if (choice < 13) {
            ask(choices);
        } else if (choice < 18) {
            askBlocking(choices);
        } else if (choice < 28) {
            answerOne(choices);
        } else if (choice < 34) {
            giveUp(choices);
        } else if (choice < 37) {
            interrupt(choices);
        } else if (choice < 39) {
            var unused = guard.explain().text();
        } else {
            guard.reset();
        }
    }

    private void ask(RandomGenerator choices) {
        ContestedServer server = server(choices);
        CompletableFuture<String> answer = guard.callAsync(
                request(choices), lane(choices), time.deadline(upTo(LONGEST_DEADLINE, choices)), server::start);
        answers.add(answer);
        recent.set(choices.nextInt(RECENT), answer);
    }

    private void askBlocking(RandomGenerator choices) {
        int slot = choices.nextInt(MOST_BLOCKED);
        BlockedCaller before = blocked.get(slot);
        ContestedServer server = server(choices);
        Request request = request(choices);
        Lane lane = lane(choices);
        Duration deadline = upTo(LONGEST_DEADLINE, choices);
        BlockedCaller caller = new BlockedCaller(() -> guard.call(request, lane, time.deadline(deadline), server::run));
        if ((before == null || before.ended.isDone()) && blocked.compareAndSet(slot, before, caller)) {
            answers.add(caller.ended);
            threads.execute(caller);
        }
    }

    private ContestedServer server(RandomGenerator choices) {
        return new ContestedServer(watch, open, time, choices.nextLong());
    }

    private static Request request(RandomGenerator choices) {
        return new Request("contested", choices.nextInt(4) > 0, upTo(Duration.ofSeconds(5), choices), 1);
    }

    private static Lane lane(RandomGenerator choices) {
        return LANES[choices.nextInt(LANES.length)];
    }

    private static Duration upTo(Duration longest, RandomGenerator choices) {
        return Duration.ofMillis(1 + choices.nextLong(longest.toMillis()));
    }

    private void answerOne(RandomGenerator choices) {
        OpenRequest request = open.poll();
        if (request == null) {
            return;
        }
        if (choices.nextInt(3) == 0) {
            request.fail(MailException.of(Kind.UNAVAILABLE, "down"));
        } else {
            request.answer();
        }
    }

    private void giveUp(RandomGenerator choices) {
        CompletableFuture<String> answer = recent.get(choices.nextInt(RECENT));
        if (answer != null) {
            answer.cancel(true);
        }
    }

    private void interrupt(RandomGenerator choices) {
        BlockedCaller caller = blocked.get(choices.nextInt(MOST_BLOCKED));
        if (caller != null) {
            caller.interrupt();
        }
    }

    /** Answers what is open; true where every call has ended. */
    boolean answerAll() {
        for (OpenRequest request = open.poll(); request != null; request = open.poll()) {
            request.answer();
        }
        return answers.stream().allMatch(CompletableFuture::isDone);
    }

    /** Makes a request of which the answer is left to the caller of this. */
    CompletableFuture<String> probe(Queue<OpenRequest> sent) {
        return guard.callAsync(
                Request.repeatable("probe", LONGEST_DEADLINE),
                Lane.INTERACTIVE,
                time.deadline(LONGEST_DEADLINE),
                attempt -> sent(attempt, sent).answer);
    }

    private OpenRequest sent(Cancellation attempt, Queue<OpenRequest> sent) {
        OpenRequest request = new OpenRequest(watch, attempt);
        sent.add(request);
        return request;
    }

    /** Returns how many units were charged since the account was opened. */
    long charged() {
        return guard.ledger().balances().get(0).usedByLane().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long used() {
        return guard.ledger().balances().get(0).used();
    }

    @Override
    public String toString() {
        GuardSettings settings = guard.settings();
        Explanation now = guard.explain();
        return settings.maxInFlight() + " places, " + settings.startsPerInterval() + " starts in " + settings.interval()
                + ", " + answers.size() + " calls, "
                + answers.stream().filter(answer -> !answer.isDone()).count() + " not ended, " + watch.started()
                + " attempts, " + charged() + " charged, " + watch.violations() + "\n"
                + now.text();
    }
}
