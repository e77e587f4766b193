package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application knows from elsewhere. */
class SourceReadsTest {
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final MailRuntime runtime = MailRuntime.create();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<EmailId, EmailSource.Known> known = new HashMap<>();
    private long now = 1_000 * SECOND;
    private final MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale -> {});
    private final MailClient mail = runtime.open(
            CachedAccount.of(NamedAccount.of("ada", account), cache).knownFrom((ids, level) -> known));
    private EmailId id;

    @BeforeEach
    void deliver() {
        account.deliver(
                "INBOX",
                "Message-ID: <1@example.com>\r\nSubject: s\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII),
                Set.of(),
                Instant.EPOCH);
        try (MailClient plain = runtime.open(account)) {
            Email email = plain.emails().query(EmailQuery.everywhere()).stream()
                    .findFirst()
                    .orElseThrow();
            id = email.id();
            knows(email, Duration.ofMinutes(4));
        }
        account.faults().beforeRequest(asked::incrementAndGet);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void whatIsKnown_isNotAskedFor_andIsCounted() {
        assertEquals("s", read().subject());
        assertEquals(0, asked.get());
        assertEquals(1, cache.statistics().kinds().get(CachedKind.EMAIL).sourced());
        assertEquals("s", read().subject());
        assertEquals(1, cache.statistics().kinds().get(CachedKind.EMAIL).hits(), "memory has it for a while");
    }

    @Test
    void whatIsTooOld_isAskedFor() {
        knows(known.get(id).email(), Duration.ofMinutes(5));
        assertEquals("s", read().subject());
        assertEquals(1, asked.get());
    }

    @Test
    void whatIsOlderThanWhatWasRead_isAskedFor() {
        Email before = known.remove(id).email();
        account.setKeywords("<1@example.com>", Set.of(Keyword.SEEN));
        assertTrue(read().isSeen());
        knows(before, Duration.ofMinutes(1));
        now += 10 * SECOND;
        assertTrue(read().isSeen());
        assertEquals(2, asked.get());
    }

    @Test
    void whatIsOlderThanAnOwnChange_isAskedFor() {
        mail.emails().addKeyword(List.of(id), Keyword.SEEN);
        assertTrue(read().isSeen());
    }

    @Test
    void whatIsOlderThanAWatchsNews_isAskedFor() {
        account.setKeywords("<1@example.com>", Set.of(Keyword.SEEN));
        cache.of(new AccountId("ada")).news(Set.of());
        assertTrue(read().isSeen());
    }

    @Test
    void sourceThatFails_orSaysNonsense_knowsNothing() {
        EmailSource broken = (ids, level) -> {
            throw new IllegalStateException("the database is away");
        };
        EmailSource timeless = (ids, level) ->
                Map.of(id, new EmailSource.Known(known.get(id).email(), Duration.ofSeconds(Long.MAX_VALUE)));
        for (EmailSource source : List.of(broken, timeless)) {
            MailCache other = MailCache.inMemory(CacheSettings.DEFAULT);
            try (MailClient client = runtime.open(
                    CachedAccount.of(NamedAccount.of("ada", account), other).knownFrom(source))) {
                assertFalse(client.emails().get(id, FetchLevel.METADATA).isSeen());
            }
        }
        assertEquals(2, asked.get());
    }

    private void knows(Email email, Duration age) {
        known.put(email.id(), new EmailSource.Known(email, age));
    }

    private Email read() {
        return mail.emails().get(id, FetchLevel.METADATA);
    }
}
