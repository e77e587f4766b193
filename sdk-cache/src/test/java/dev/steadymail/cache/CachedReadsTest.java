package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.memory.Faults;
import dev.steadymail.testkit.memory.InMemoryAccount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read through a cache: how often the provider is asked, and what is answered when it cannot be. */
@Timeout(120)
class CachedReadsTest {
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final List<StaleAnswer> stale = new ArrayList<>();
    private final MailRuntime runtime = MailRuntime.create();
    private final AtomicInteger asked = new AtomicInteger();
    private long now = 1_000 * SECOND;
    private MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale::add);
    private MailClient mail = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void freshEmail_isNotAskedForAgain_andAnOldOneIs() {
        EmailId id = delivered("1");
        count();
        assertEquals("1", metadata(id).subject());
        assertEquals("1", metadata(id).subject());
        assertEquals(1, asked.get());
        now += 6 * SECOND;
        account.setKeywords("<1@example.com>", Set.of(Keyword.SEEN));
        assertTrue(metadata(id).isSeen());
        assertEquals(2, asked.get());
    }

    @Test
    void aListAndItsEmails_areTwoQuestions_andOneWhereTheEmailsAreKept() {
        for (int n = 0; n < 20; n++) {
            EmailId unused = delivered(Integer.toString(n));
        }
        count();
        for (int times = 0; times < 3; times++) {
            assertEquals(
                    20, mail.emails().query(EmailQuery.everywhere()).stream().count());
        }
        assertEquals(2, asked.get());
        assertEquals(42.0 / 63, cache.statistics().hitRate(), 0.001, cache.statistics()::toString);
        cache.of(new AccountId("ada")).news(Set.of());
        assertEquals(20, mail.emails().query(EmailQuery.everywhere()).stream().count());
        assertEquals(3, asked.get());
    }

    @Test
    void newMail_isTheOnlyEmailReadForItsList() {
        for (int n = 0; n < 20; n++) {
            EmailId unused = delivered(Integer.toString(n));
        }
        assertEquals(20, mail.emails().query(EmailQuery.everywhere()).stream().count());
        EmailId unused = delivered("new");
        cache.of(new AccountId("ada")).news(Set.of());
        long before = missedEmails();
        assertEquals(21, mail.emails().query(EmailQuery.everywhere()).stream().count());
        assertEquals(before + 1, missedEmails());
    }

    private long missedEmails() {
        return cache.statistics().kinds().get(CachedKind.EMAIL).misses();
    }

    @Test
    void lessIsAnsweredFromMore_andSaysWhatToAskFor() {
        EmailId id = delivered("1");
        Email full = mail.emails().get(id, FetchLevel.STRUCTURE);
        count();
        assertEquals(0, full.attachments().size());
        assertThrows(IllegalStateException.class, () -> metadata(id).attachments());
        assertThrows(
                IllegalStateException.class,
                () -> mail.emails().get(id, FetchLevel.STATE).subject());
        assertEquals(0, asked.get());
    }

    @Test
    void content_isReadOnce_howeverOldItIs() throws IOException {
        EmailId id = delivered("1");
        byte[] first = octets(id);
        count();
        now += 100_000 * SECOND;
        assertArrayEquals(first, octets(id));
        assertEquals(0, asked.get());
    }

    @Test
    void contentTooLargeToKeep_passesBy() throws IOException {
        cache = MailCache.inMemory(
                new CacheSettings(1 << 20, 10, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        mail = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));
        EmailId id = delivered("1");
        byte[] first = octets(id);
        count();
        assertArrayEquals(first, octets(id));
        assertEquals(1, asked.get());
    }

    @Test
    void weight_staysWithinItsBound() {
        cache = MailCache.inMemory(CacheSettings.DEFAULT.withMaxWeight(1 << 20));
        mail = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));
        for (int n = 0; n < 40; n++) {
            account.deliver("INBOX", new byte[100_000], Set.of(), Instant.EPOCH.plusSeconds(n));
        }
        mail.emails().query(EmailQuery.everywhere()).stream().forEach(email -> {
            try (InputStream raw = mail.emails().raw(email.id())) {
                assertEquals(100_000, raw.readAllBytes().length);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        assertTrue(cache.statistics().weight() <= 1 << 20, cache.statistics()::toString);
        assertTrue(cache.statistics().evictions() >= 25, cache.statistics()::toString);
    }

    /** Whoever asks while the same is being read waits for that. */
    @Test
    void manyWhoAskAtOnce_areOneQuestion() throws Exception {
        EmailId id = delivered("1");
        count();
        List<CompletableFuture<String>> all = new ArrayList<>();
        try (Faults.Stall stall = account.faults().stall()) {
            for (int n = 0; n < 4; n++) {
                all.add(CompletableFuture.supplyAsync(() -> metadata(id).subject(), task -> thread(task)));
            }
            assertTrue(stall.awaitRequest(Duration.ofSeconds(30)));
            while (cache.statistics().kinds().get(CachedKind.EMAIL).coalesced() < 3) {
                Thread.onSpinWait();
            }
        }
        for (CompletableFuture<String> one : all) {
            assertEquals("1", one.get(30, TimeUnit.SECONDS));
        }
        assertEquals(1, asked.get());
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void whileTheCircuitIsOpen_oldAnswersAreGiven_andMarked() {
        EmailId id = delivered("1");
        assertEquals("1", metadata(id).subject());
        assertEquals(1, mail.emails().query(EmailQuery.everywhere()).stream().count());
        now += 60 * SECOND;
        account.faults().failAlways(MailException.of(Kind.CIRCUIT_OPEN, "the circuit is open"));
        assertEquals("1", metadata(id).subject());
        assertEquals(List.of(new StaleAnswer(new AccountId("ada"), CachedKind.EMAIL, Duration.ofSeconds(60))), stale);
        assertEquals(1, mail.emails().query(EmailQuery.everywhere()).stream().count());
        assertEquals(CachedKind.LIST, stale.get(1).kind());
        now += 3_600 * SECOND;
        assertEquals(
                Kind.CIRCUIT_OPEN,
                assertThrows(MailException.class, () -> metadata(id)).kind());
    }

    @Test
    void otherFailures_areToldAsTheyAre() {
        EmailId id = delivered("1");
        assertEquals("1", metadata(id).subject());
        now += 60 * SECOND;
        account.faults().failAlways(MailException.of(Kind.AUTH, "refused"));
        assertEquals(
                Kind.AUTH, assertThrows(MailException.class, () -> metadata(id)).kind());
        assertEquals(List.of(), stale);
    }

    @Test
    void whatIsGone_isKeptAsGoneForAsLong() {
        EmailId id = delivered("1");
        account.remove("<1@example.com>");
        count();
        assertEquals(List.of(), mail.emails().get(List.of(id), FetchLevel.STATE));
        assertEquals(List.of(), mail.emails().get(List.of(id), FetchLevel.STATE));
        assertEquals(1, asked.get());
    }

    @Test
    void invalidatedAccount_isForgotten_andOthersAreNot() {
        EmailId id = delivered("1");
        InMemoryAccount other = InMemoryAccount.labels();
        other.deliver("INBOX", message("2"), Set.of(), Instant.EPOCH);
        MailClient theirs = runtime.open(CachedAccount.of(NamedAccount.of("bob", other), cache));
        assertEquals(1, theirs.emails().query(EmailQuery.everywhere()).stream().count());
        assertEquals("1", metadata(id).subject());
        long before = cache.statistics().weight();
        cache.invalidate(new AccountId("ada"));
        assertTrue(cache.statistics().weight() < before && cache.statistics().weight() > 0);
        cache.clear();
        assertEquals(0, cache.statistics().weight());
        assertEquals("1", metadata(id).subject());
    }

    /** Two who call themselves "me" have nothing to do with each other. */
    @Test
    void accountsWhoseIdNamesNone_doNotSeeEachOthersMail() {
        InMemoryAccount other = InMemoryAccount.labels();
        assertEquals(account.id(), other.id());
        account.deliver("INBOX", message("mine"), Set.of(), Instant.EPOCH);
        other.deliver("INBOX", message("theirs"), Set.of(), Instant.EPOCH);
        try (MailClient mine = runtime.open(CachedAccount.of(account, cache));
                MailClient theirs = runtime.open(CachedAccount.of(other, cache))) {
            assertEquals(List.of("mine"), subjects(mine));
            assertEquals(List.of("theirs"), subjects(theirs));
            assertTrue(cache.statistics().weight() > 0);
        }
        assertEquals(0, cache.statistics().weight(), "what they read goes with them");
    }

    private static List<String> subjects(MailClient client) {
        return client.emails().query(EmailQuery.everywhere()).stream()
                .map(Email::subject)
                .toList();
    }

    private void count() {
        asked.set(0);
        account.faults().beforeRequest(asked::incrementAndGet);
    }

    private EmailId delivered(String name) {
        account.deliver("INBOX", message(name), Set.of(), Instant.EPOCH);
        try (MailClient plain = runtime.open(account)) {
            return plain.emails().query(EmailQuery.everywhere()).stream()
                    .filter(email -> email.subject().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }
    }

    private static byte[] message(String name) {
        return ("Message-ID: <" + name + "@example.com>\r\nSubject: " + name + "\r\n\r\nhello\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Email metadata(EmailId id) {
        return mail.emails().get(id, FetchLevel.METADATA);
    }

    private byte[] octets(EmailId id) throws IOException {
        try (InputStream raw = mail.emails().raw(id)) {
            return raw.readAllBytes();
        }
    }
}
