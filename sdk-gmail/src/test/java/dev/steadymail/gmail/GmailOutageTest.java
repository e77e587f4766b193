package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.gmail.VirtualTime.Ended;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.Call;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailFaults;
import dev.steadymail.testkit.gmail.GmailUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble that lasts, and whom it concerns. */
@Timeout(120)
class GmailOutageTest {
    /** So many seconds lie between two calls, none of which can wait long. Few calls let retries weigh more. */
    @ParameterizedTest
    @CsvSource({"1, 587, 28, 1.2", "5, 119, 28, 1.2", "30, 20, 26, 1.3"})
    void tenMinutesOf503_areAskedAboutNowAndThen_andEndWithOneProbe(int every, int calls, int sent, double most) {
        try (FaultedAccount account = new FaultedAccount()) {
            account.inject(GmailFaults.unavailable().onPath("/users/").always());
            Instant end = account.time.now().plus(Duration.ofMinutes(10));
            int wanted = 0;
            while (account.time.now().isBefore(end)) {
                assertTrue(list(account, Duration.ofSeconds(1)).failure() instanceof MailException);
                wanted++;
                account.time.advance(Duration.ofSeconds(every));
            }
            assertEquals(calls, wanted);
            assertEquals(sent, account.requests("GET"));
            assertTrue(sent <= most * wanted, sent + " sent");
            account.server.clearFaults();
            account.server.clearLog();
            Ended<List<Mailbox>> first = list(account, Duration.ofMinutes(1));
            assertNull(first.failure());
            assertTrue(first.waited().compareTo(GuardSettings.GMAIL.openFor()) <= 0, "waited " + first.waited());
            assertNull(list(account, Duration.ofSeconds(10)).failure());
            assertEquals(2, account.requests("GET"));
        }
    }

    @Test
    void throttleOfOneMailbox_delaysNoOther() {
        try (FaultedAccount account = new FaultedAccount();
                MailClient other = account.openOther()) {
            account.inject(GmailFaults.quotaExceeded().retryAfter(Duration.ofMinutes(5)));
            assertEquals(Kind.THROTTLED, list(account, Duration.ofMinutes(1)).kind());
            Instant before = account.time.now();
            for (int i = 0; i < 5; i++) {
                var unused = other.mailboxes().list();
            }
            assertEquals(before, account.time.now());
            assertEquals(0, other.traffic().retries());
            assertEquals(1 + 5, account.requests("GET"));
            Ended<List<Mailbox>> held = list(account, Duration.ofMinutes(1));
            assertEquals(Kind.THROTTLED, held.kind());
            assertEquals(Duration.ZERO, held.waited());
            Ended<List<Mailbox>> later = list(account, Duration.ofMinutes(6));
            assertNull(later.failure());
            assertEquals(Duration.ofMinutes(5), later.waited());
            assertEquals(1 + 5 + 1, account.requests("GET"));
        }
    }

    @Test
    void throttleOfTheProject_holdsAllItsAccounts() {
        try (FaultedAccount account = new FaultedAccount();
                MailClient other = account.openOther()) {
            account.inject(GmailFault.status(
                            429,
                            "rateLimitExceeded",
                            "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'")
                    .retryAfter(Duration.ofMinutes(5)));
            assertEquals(Kind.THROTTLED, list(account, Duration.ofMinutes(1)).kind());
            MailException held =
                    assertThrows(MailException.class, () -> other.mailboxes().list());
            assertEquals(Kind.THROTTLED, held.kind());
            assertEquals(
                    account.time.now().plus(Duration.ofMinutes(5)),
                    held.retryAt().orElseThrow());
            assertEquals(1, account.requests("GET"));
        }
    }

    @Test
    void twentyThreadsAtALimitOfFive_areNeverRefused() {
        try (FaultedAccount account = new FaultedAccount(
                GuardSettings.GMAIL,
                server -> server.concurrency(5).latency(Duration.ofMillis(20)),
                tokens -> tokens)) {
            account.time.advance(Duration.ofSeconds(2));
            Ended<List<Future<Integer>>> ended = account.run(() -> {
                ExecutorService threads = Executors.newFixedThreadPool(20);
                try {
                    Callable<Integer> list =
                            () -> account.mail.mailboxes().list().size();
                    return threads.invokeAll(Collections.nCopies(20, list));
                } finally {
                    threads.shutdown();
                }
            });
            assertNull(ended.failure());
            assertTrue(ended.value().stream().allMatch(GmailOutageTest::isDone));
            GmailUsage usage = account.server.usage(FaultedAccount.USER);
            assertEquals(20, account.requests("GET"));
            assertEquals(0, usage.concurrencyRefusals());
            assertTrue(usage.mostInFlight() <= GuardSettings.GMAIL.maxInFlight(), "at once " + usage.mostInFlight());
            assertEquals(Duration.ofSeconds(1), ended.waited());
        }
    }

    @Test
    void daysMailThatIsSent_keepsLaterSendsFromGoingOut() {
        try (FaultedAccount account = new FaultedAccount()) {
            int before = account.mailbox().messages().size();
            account.inject(GmailFaults.mailSendingLimitExceeded().onCall("messages.send"));
            for (int i = 0; i < 5; i++) {
                Ended<String> ended = account.run(() -> FaultedCall.SEND.on(account));
                assertEquals(Kind.THROTTLED, ended.kind());
                MailException failure = (MailException) ended.failure();
                assertEquals(
                        account.time.now().plus(Duration.ofMinutes(15)),
                        failure.retryAt().orElseThrow());
            }
            assertEquals(1, account.requests("POST"));
            account.time.advance(Duration.ofMinutes(15));
            assertEquals("sent", account.run(() -> FaultedCall.SEND.on(account)).value());
            assertEquals(2, account.requests("POST"));
            assertEquals(before + 1, account.mailbox().messages().size());
        }
    }

    private static boolean isDone(Future<Integer> call) {
        try {
            return call.get() > 0;
        } catch (Exception failed) {
            return false;
        }
    }

    private static Ended<List<Mailbox>> list(FaultedAccount account, Duration limit) {
        Call call = new Call(account.runtime.time().deadline(limit), Lane.INTERACTIVE);
        return account.run(() -> account.mail.with(call).mailboxes().list());
    }
}
