package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.Scheduler.Timer;
import dev.steadymail.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watched run whose time a test moves. */
final class PatienceBench {
    final ManualTime time = new ManualTime();
    final StopSignal stop = new StopSignal();
    final List<String> said = new ArrayList<>();
    final Watch watch;

    PatienceBench(@Nullable Duration deadline) {
        MirrorRequest request = new MirrorRequest(Path.of("unused"), List.of(), deadline, Patience.DEFAULT);
        this.watch = Watch.start(request, time.timeSource(1), stop, progress());
    }

    void after(Duration step) {
        time.advance(step);
    }

    @Nullable
    StopReason reason() {
        return stop.reason().orElse(null);
    }

    /** Tries again and again, each wait passing at once. */
    Persistence persistence() {
        TimeSource passing = new TimeSource(
                time::now, time::nanoTime, this::pass, time.timeSource(1).random());
        return new Persistence(passing, stop, Patience.DEFAULT, watch, progress());
    }

    private Timer pass(Runnable task, Duration delay) {
        time.advance(delay);
        task.run();
        return () -> {};
    }

    /** What an account shows after its provider has asked to be left alone. */
    Traffic throttled(Duration wait) {
        Instant end = time.now().plus(wait);
        InMemoryAccount account = InMemoryAccount.folders();
        account.faults()
                .failAlways(MailException.builder(Kind.THROTTLED, "slow down")
                        .retryAt(end)
                        .build());
        try (MailRuntime runtime = MailRuntime.builder()
                        .time(time.timeSource(2))
                        .callTimeout(Duration.ofMinutes(5))
                        .build();
                MailClient client = runtime.open(account)) {
            assertThrows(MailException.class, () -> client.mailboxes().list());
            return client.traffic();
        }
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void update(long done, long expected) {}

            @Override
            public void say(String message) {
                said.add(message);
            }

            @Override
            public void close() {}
        };
    }
}
