package dev.steadymail.testkit.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsyncCallsTest {
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InMemoryAccount account = InMemoryAccount.labels();

    AsyncCallsTest() {
        account.deliver("INBOX", MESSAGE, Set.of(), Instant.parse("2024-03-01T12:00:00Z"));
    }

    /** A call that waits must not take the thread that would do its work. */
    @Test
    void moreCallsThanWorkers_areAllAnswered() throws Exception {
        try (MailRuntime runtime = MailRuntime.builder().maxWorkers(2).build();
                MailClient mail = runtime.open(account)) {
            List<EmailId> ids = ids(mail);
            for (CompletableFuture<List<Email>> call : calls(mail, ids, 20)) {
                assertEquals(1, call.get(10, TimeUnit.SECONDS).size());
            }
        }
    }

    @Test
    void closedRuntime_leavesNoFutureOpen() {
        MailRuntime runtime = MailRuntime.builder().maxWorkers(1).build();
        MailClient mail = runtime.open(account);
        List<EmailId> ids = ids(mail);
        try (Faults.Stall stall = account.faults().stall()) {
            List<CompletableFuture<List<Email>>> calls = calls(mail, ids, 5);
            assertTrue(stall.awaitRequest(Duration.ofSeconds(10)));
            runtime.close();
            calls.forEach(AsyncCallsTest::assertCancelled);
            assertCancelled(mail.emails().getAsync(ids, FetchLevel.STATE));
        }
    }

    private static void assertCancelled(CompletableFuture<List<Email>> call) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
        assertEquals(Kind.CANCELLED, ((MailException) failure.getCause()).kind());
    }

    private static List<EmailId> ids(MailClient mail) {
        return mail.emails().query(EmailQuery.everywhere()).stream()
                .map(Email::id)
                .toList();
    }

    private static List<CompletableFuture<List<Email>>> calls(MailClient mail, List<EmailId> ids, int count) {
        return IntStream.range(0, count)
                .mapToObj(call -> mail.emails().getAsync(ids, FetchLevel.STATE))
                .toList();
    }
}
