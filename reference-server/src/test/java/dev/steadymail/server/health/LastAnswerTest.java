package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LastAnswerTest {
    private static final Duration VALID = Duration.ofSeconds(6);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicBoolean truth = new AtomicBoolean(true);

    @Test
    void isYes_beforeAnyAnswer_isFalse() {
        assertFalse(new LastAnswer(() -> true, VALID, now::get).isYes());
    }

    @Test
    void isYes_followsTheAnswers() {
        LastAnswer answer = new LastAnswer(truth::get, VALID, now::get);
        answer.ask();
        assertTrue(answer.isYes());
        truth.set(false);
        answer.ask();
        assertFalse(answer.isYes());
    }

    @Test
    void isYes_answerThatIsTooOld_isFalse() {
        LastAnswer answer = new LastAnswer(truth::get, VALID, now::get);
        answer.ask();
        now.addAndGet(VALID.toNanos());
        assertTrue(answer.isYes());
        now.incrementAndGet();
        assertFalse(answer.isYes());
    }

    @Test
    void ask_questionFails_isANoAndTheNextOneCounts() {
        LastAnswer answer = new LastAnswer(
                () -> {
                    if (truth.get()) {
                        throw new IllegalStateException("no pool");
                    }
                    return true;
                },
                VALID,
                now::get);
        answer.ask();
        assertFalse(answer.isYes());
        truth.set(false);
        answer.ask();
        assertTrue(answer.isYes());
    }

    @Test
    @Timeout(20)
    void isYes_whileTheQuestionHangs_doesNotWait() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        LastAnswer answer = new LastAnswer(
                () -> {
                    asked.countDown();
                    return asked.getCount() > 0 || awaited(end);
                },
                VALID,
                now::get);
        answer.ask();
        Thread asking = new Thread(answer::ask);
        asking.start();
        asked.await();

        assertTrue(answer.isYes());

        end.countDown();
        asking.join();
    }

    private static boolean awaited(CountDownLatch end) {
        try {
            return end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
