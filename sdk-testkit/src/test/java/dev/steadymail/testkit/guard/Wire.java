package dev.steadymail.testkit.guard;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The other side, as a test sees it: what was sent and when, to be answered by hand. For one thread. */
final class Wire {
    final List<Sent> sent = new ArrayList<>();
    private final ManualTime time;

    Wire(ManualTime time) {
        this.time = time;
    }

    AsyncAttempt<String> request(String name) {
        return cancellation -> {
            Sent attempt = new Sent(name, Duration.ofNanos(time.nanoTime()), cancellation, new CompletableFuture<>());
            sent.add(attempt);
            return attempt.answer;
        };
    }

    /** Returns what was sent, in order. */
    List<String> names() {
        return sent.stream().map(Sent::name).toList();
    }

    Sent last() {
        return sent.get(sent.size() - 1);
    }

    /** Answers everything that has been sent and not answered; what is sent thereupon waits. */
    void answerAll() {
        List.copyOf(sent).forEach(attempt -> attempt.answer.complete("answer"));
    }

    record Sent(String name, Duration at, Cancellation cancellation, CompletableFuture<String> answer) {
        void fail(MailException failure) {
            answer.completeExceptionally(failure);
        }
    }
}
