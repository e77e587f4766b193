package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.shared.SimulatedLevel;
import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CacheEvent.Subject;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cache tells of reads. */
class CacheEventsTest {
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final List<CacheEvent> heard = new CopyOnWriteArrayList<>();
    private final List<ClientEvent> followed = new ArrayList<>();
    private final MailRuntime runtime = MailRuntime.builder()
            .listener(event -> {
                if (event instanceof CacheEvent read) {
                    heard.add(read);
                }
            })
            .tracing(new Works())
            .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
    private long now = 1_000 * SECOND;
    private final SimulatedLevel level = new SimulatedLevel(() -> now);
    private MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale -> {});
    private final List<EmailId> ids = new ArrayList<>();

    /** Follows nothing but reads of caches. */
    private final class Works implements Tracing {
        @Override
        public @Nullable CallTrace call(AccountId id, Protocol protocol, String operation, Lane lane) {
            return null;
        }

        @Override
        public WorkTrace work(Work work, AccountId id, Protocol protocol) {
            return followed::add;
        }
    }

    @BeforeEach
    void deliver() {
        for (int n = 0; n < 3; n++) {
            String text = "Message-ID: <" + n + "@example.com>\r\nSubject: s\r\n\r\nhello\r\n";
            account.deliver("INBOX", text.getBytes(StandardCharsets.US_ASCII), Set.of(), Instant.EPOCH);
        }
        try (MailClient plain = runtime.open(account)) {
            plain.emails().query(EmailQuery.everywhere()).stream()
                    .map(Email::id)
                    .forEach(ids::add);
        }
        heard.clear();
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private MailClient open() {
        return runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));
    }

    @Test
    void eachThingAskedFor_isCountedOnce_byWhatBroughtIt() {
        MailClient mail = open();
        read(mail, ids.subList(0, 2));
        read(mail, ids);
        read(mail, ids);
        assertEquals(3, heard.size());
        assertCounts(0, 0, 0, 2, 0, heard.get(0));
        assertCounts(2, 0, 0, 1, 0, heard.get(1));
        assertCounts(3, 0, 0, 0, 0, heard.get(2));
        assertEquals(heard.subList(0, 2), followed, "what memory answers alone is not followed");
    }

    @Test
    void list_isToldBesideItsEmails() {
        MailClient mail = open();
        assertEquals(3, mail.emails().query(EmailQuery.everywhere()).stream().count());
        assertEquals(
                List.of(Subject.LIST, Subject.EMAIL),
                heard.stream().map(CacheEvent::subject).toList());
        assertCounts(0, 0, 0, 1, 0, heard.get(0));
        assertCounts(0, 0, 0, 3, 0, heard.get(1));
    }

    @Test
    void sharedLevelAndSource_areToldApart() {
        cache = MailCache.over(CacheSettings.DEFAULT, level.open(), () -> now, stale -> {});
        read(open(), ids);
        cache = MailCache.over(CacheSettings.DEFAULT, level.open(), () -> now, stale -> {});
        read(open(), ids);
        assertCounts(0, 3, 0, 0, 0, heard.get(1));
        Email known = open().emails().get(ids.get(0), FetchLevel.METADATA);
        heard.clear();
        cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale -> {});
        MailClient sourced = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache)
                .knownFrom((asked, wanted) -> Map.of(known.id(), new EmailSource.Known(known, Duration.ofSeconds(1)))));
        read(sourced, ids);
        assertCounts(0, 0, 1, 2, 0, heard.get(0));
    }

    @Test
    void oldAnswersAndFailures_areTold() {
        MailClient mail = open();
        read(mail, ids);
        now += 60 * SECOND;
        account.setKeywords("<1@example.com>", Set.of(Keyword.SEEN));
        account.faults().failAlways(MailException.of(Kind.CIRCUIT_OPEN, "the circuit is open"));
        read(mail, ids);
        assertCounts(0, 0, 0, 0, 3, heard.get(1));
        account.faults().clear();
        account.faults().failAlways(MailException.of(Kind.FORBIDDEN, "no"));
        assertThrows(MailException.class, () -> read(mail, ids));
        assertEquals(Kind.FORBIDDEN, heard.get(2).failure());
        assertEquals(heard, followed);
    }

    private static void read(MailClient mail, List<EmailId> ids) {
        var unused = mail.emails().get(ids, FetchLevel.METADATA);
    }

    private static void assertCounts(int hits, int sharedHits, int sourced, int loads, int stale, CacheEvent event) {
        assertEquals(
                List.of(hits, sharedHits, sourced, loads, stale),
                List.of(event.hits(), event.sharedHits(), event.sourced(), event.loads(), event.stale()),
                event::toString);
    }
}
