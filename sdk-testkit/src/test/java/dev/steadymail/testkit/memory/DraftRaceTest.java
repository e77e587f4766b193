package dev.steadymail.testkit.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.RawContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DraftRaceTest {
    private static final int ROUNDS = 200;

    @Test
    void replacementsAtTheSameTime_haveOneWinner() throws InterruptedException {
        InMemoryAccount account = InMemoryAccount.folders();
        try (MailRuntime runtime = MailRuntime.create();
                MailClient first = runtime.open(account);
                MailClient second = runtime.open(account)) {
            for (int round = 0; round < ROUNDS; round++) {
                EmailId draft = first.drafts().create(message("round " + round));
                AtomicInteger winners = new AtomicInteger();
                race(List.of(() -> replace(first, draft, winners), () -> replace(second, draft, winners)));
                assertEquals(1, winners.get(), "winners of round " + round);
            }
        }
    }

    private static void replace(MailClient client, EmailId draft, AtomicInteger winners) {
        try {
            client.drafts().replace(draft, message("changed"));
            winners.incrementAndGet();
        } catch (MailException lost) {
            assertEquals(MailException.Kind.CONFLICT, lost.kind());
        }
    }

    private static void race(List<Runnable> clients) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = clients.stream()
                .map(client -> new Thread(() -> {
                    awaitUninterruptibly(start);
                    client.run();
                }))
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException("interrupted before the race began", stop);
        }
    }

    private static RawContent message(String subject) {
        return RawContent.of(("Subject: " + subject + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
