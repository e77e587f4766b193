package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.InProcessLimits;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever providers and applications hand in, every call ends and the account goes on. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardForeignCodeTest extends GuardTestCase {
    private static final GuardSettings ONCE = GuardSettings.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();

    @TempDir
    private Path folder;

    private final Wire wire = new Wire(manual);

    @Test
    void ownLimitThatThrows_endsTheCall() {
        AtomicInteger asked = new AtomicInteger();
        Guard limited = guard(GuardSettings.builder()
                .ownLimit(units -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new IllegalStateException("refused");
                    }
                    return 0;
                })
                .build());
        CompletableFuture<String> call = ask(limited, "call");
        wire.last().fail(unavailable());
        manual.advance(Duration.ofHours(1));
        assertTrue(call.isDone());
    }

    @Test
    void statedTimeBeforeTheBeginningOfTime_isOver() {
        Guard one = guard(ONCE);
        CompletableFuture<String> call = ask(one, "call");
        wire.last()
                .fail(MailException.builder(Kind.THROTTLED, "once upon a time")
                        .retryAt(Instant.MIN)
                        .build());
        manual.advance(Duration.ofHours(1));
        assertTrue(call.isDone());
    }

    @Test
    void attemptWithoutAStage_isAFault() {
        Guard one = guard(ONCE);
        CompletableFuture<String> call =
                one.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> nothing());
        assertTrue(call.isDone());
        assertEquals(0, one.explain().inFlight());
    }

    @Test
    void checkedExceptionThrownByStealth_doesNotStopTheAccount() {
        Guard one = guard(ONCE);
        CompletableFuture<String> call = new CompletableFuture<>();
        try {
            one.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
                throw GuardForeignCodeTest.<RuntimeException>asUnchecked(new IOException("as Kotlin throws it"));
            });
        } catch (Exception thrown) {
            call.completeExceptionally(thrown);
        }
        ask(one, "next");
        assertEquals(List.of("next"), wire.names());
    }

    @Test
    void timeLimitBeyondTheEndOfTime_isRefusedOrServed() {
        Guard single = guard(ONCE.toBuilder().maxInFlight(1).build());
        ask(single, "running");
        CompletableFuture<String> endless;
        try {
            Request patient = Request.repeatable("patient", Duration.ofSeconds(Long.MAX_VALUE));
            endless = single.callAsync(patient, Lane.DELTA, time.deadline(CALL), wire.request("patient"));
        } catch (IllegalArgumentException refused) {
            return;
        }
        wire.answerAll();
        manual.advance(Duration.ofHours(1));
        assertTrue(endless.isDone());
    }

    @Test
    void longestWindow_canBeSharedByProcesses() {
        QuotaLimit month = new QuotaLimit("month", Reach.ACCOUNT, 1_000, Duration.ofDays(31), true);
        Guard shared = new Guards(time, new InProcessLimits(time), null)
                .open(
                        ACCOUNT,
                        GuardProfile.alone(ONCE.toBuilder()
                                .quota(QuotaPlan.NONE.withLimit(month))
                                .build()),
                        traffic);
        ask(shared, "call");
        assertEquals(List.of("call"), wire.names());
    }

    @Test
    void interruptionAfterTheUseOfAFile_breaksTheAttemptThatRegisteredAgain() throws Exception {
        assertBreaksAfter(cancellation -> write(folder.resolve("attachment")), true);
    }

    @Test
    void interruptionAfterACallOfAnotherAccount_breaksTheAttempt() throws Exception {
        Guard other = guard(ONCE);
        assertBreaksAfter(
                cancellation -> other.call(READ, Lane.DELTA, time.deadline(CALL), inner -> {
                    inner.onCancel(() -> {});
                    return "answer";
                }),
                false);
    }

    private void assertBreaksAfter(Consumer<Cancellation> work, boolean again) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread caller = new Thread(() -> assertThrows(
                MailException.class,
                () -> guard.call(READ, Lane.DELTA, time.deadline(CALL), c -> {
                    c.onCancel(broken::countDown);
                    work.accept(c);
                    if (again) {
                        c.onCancel(broken::countDown);
                    }
                    ready.countDown();
                    awaitThat(() -> broken.getCount() == 0 || over.getCount() == 0, "broken, or the test over");
                    throw unavailable();
                })));
        caller.start();
        assertTrue(ready.await(10, TimeUnit.SECONDS));
        caller.interrupt();
        boolean noticed = broken.await(2, TimeUnit.SECONDS);
        over.countDown();
        caller.join(10_000);
        assertTrue(noticed);
    }

    private static void write(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
    private static <E extends Throwable> E asUnchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static CompletableFuture<String> nothing() {
        return null;
    }

    private CompletableFuture<String> ask(Guard asked, String name) {
        return asked.callAsync(READ, Lane.DELTA, time.deadline(CALL), wire.request(name));
    }
}
