package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read before it is asked for. */
@Timeout(120)
class WarmReadsTest {
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final MailRuntime runtime = MailRuntime.create();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private long now = 1_000 * SECOND;
    private final MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale -> {});
    private final CachedAccount cached = CachedAccount.of(NamedAccount.of("ada", account), cache);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void warmed_inboxIsThere_afterASync() {
        for (int n = 0; n < 5; n++) {
            deliver(n);
        }
        try (MailClient mail = runtime.open(cached.warming(3))) {
            sync(mail);
            count();
            assertEquals(
                    3,
                    mail
                            .emails()
                            .query(EmailQuery.in(Role.INBOX)
                                    .newestFirst()
                                    .pageSize(3)
                                    .limit(3))
                            .stream()
                            .filter(email -> !email.subject().isEmpty())
                            .count());
            assertEquals(0, asked.get());
        }
    }

    @Test
    void notWarmed_inboxIsAskedFor() {
        deliver(1);
        try (MailClient mail = runtime.open(cached)) {
            sync(mail);
            count();
            assertEquals(
                    1, mail.emails().query(EmailQuery.in(Role.INBOX)).stream().count());
            assertTrue(asked.get() > 0);
        }
    }

    @Test
    void failureToWarm_isNoneOfTheSyncs() {
        deliver(1);
        try (MailClient mail = runtime.open(cached.warming(3))) {
            account.faults().failNext("query", 1, MailException.of(Kind.FORBIDDEN, "not today"));
            sync(mail);
            // It was refused to the warming, and is not to whom it is asked for.
            assertEquals(
                    1, mail.emails().query(EmailQuery.in(Role.INBOX)).stream().count());
        }
    }

    @Test
    void warming_hasBounds() {
        assertThrows(IllegalArgumentException.class, () -> cached.warming(-1));
        assertThrows(IllegalArgumentException.class, () -> cached.warming(501));
    }

    @Test
    void listThatWillBeTooOld_isGivenAtOnce_andReadAgainMeanwhile() {
        deliver(1);
        try (MailClient mail = runtime.open(cached.readingAhead(later::add))) {
            assertEquals(
                    1,
                    mail.mailboxes().list().stream()
                            .filter(box -> box.role() == Role.INBOX)
                            .count());
            count();
            now += 3 * SECOND;
            List<?> unused = mail.mailboxes().list();
            assertTrue(later.isEmpty(), "it is good for two seconds more");
            now += SECOND;
            unused = mail.mailboxes().list();
            unused = mail.mailboxes().list();
            assertEquals(1, later.size(), "once at a time");
            assertEquals(0, asked.get());
            later.remove().run();
            assertEquals(1, asked.get());
            now += 2 * SECOND;
            unused = mail.mailboxes().list();
            assertEquals(1, asked.get(), "it is as old as what was read ahead");
        }
    }

    @Test
    void readingThatIsRefused_isNotReadAhead() {
        try (MailClient mail = runtime.open(cached.readingAhead(task -> {
            throw new RejectedExecutionException("busy");
        }))) {
            List<?> unused = mail.mailboxes().list();
            now += 4 * SECOND;
            unused = mail.mailboxes().list();
            assertEquals(1, cache.statistics().kinds().get(CachedKind.MAILBOXES).hits());
        }
    }

    private void deliver(int n) {
        account.deliver(
                "INBOX",
                ("Message-ID: <" + n + "@example.com>\r\nSubject: s" + n + "\r\n\r\nhello\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                Set.of(),
                Instant.parse("2026-01-01T12:00:00Z").plusSeconds(n));
    }

    private static void sync(MailClient mail) {
        SyncReport unused = mail.sync(
                        new InMemorySyncStore(),
                        (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.STATE), List.of()),
                        SyncOptions.DEFAULT)
                .run(progress -> {});
    }

    private void count() {
        account.faults().beforeRequest(asked::incrementAndGet);
    }
}
