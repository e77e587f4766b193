package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of an email after a change of our own to its keywords. */
@Timeout(120)
class OwnMarksTest {
    private static final AccountId ADA = new AccountId("ada");

    private final InMemoryAccount account = InMemoryAccount.labels();
    private final MailRuntime runtime = MailRuntime.create();
    private final AtomicInteger asked = new AtomicInteger();
    private long now = 1_000_000_000_000L;
    private final MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT, () -> now, stale -> {});
    private final MailClient mail = runtime.open(CachedAccount.of(NamedAccount.of("ada", account), cache));
    private EmailId id;

    @BeforeEach
    void deliver() {
        byte[] message =
                "Message-ID: <1@example.com>\r\nSubject: 1\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        account.deliver("INBOX", message, Set.of(Keyword.FLAGGED), Instant.EPOCH);
        id = inbox().get(0).id();
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void whatWeMarked_isKnownWithoutAsking() {
        mail.emails().addKeyword(List.of(id), Keyword.SEEN);
        count();
        assertEquals(Set.of(Keyword.FLAGGED, Keyword.SEEN), state().keywords());
        assertEquals(0, asked.get());
        mail.emails().removeKeyword(List.of(id), Keyword.FLAGGED);
        count();
        assertEquals(Set.of(Keyword.SEEN), state().keywords());
        assertEquals(0, asked.get());
    }

    @Test
    void whatMayHaveBeenMarked_isReadAgain() {
        account.faults().failAlways(MailException.of(Kind.NETWORK, "the answer did not come"));
        assertThrows(MailException.class, () -> mail.emails().addKeyword(List.of(id), Keyword.SEEN));
        account.faults().clear();
        count();
        assertFalse(state().isSeen());
        assertEquals(1, asked.get());
    }

    @Test
    void keywordThatIsBothAddedAndRemoved_isReadAgain() {
        mail.emails().changeKeywords(List.of(id), Set.of(Keyword.SEEN), Set.of(Keyword.SEEN));
        count();
        Email unused = state();
        assertEquals(1, asked.get());
    }

    @Test
    void whatSomethingElseChangedMeanwhile_isReadAgain() {
        AtomicInteger requests = new AtomicInteger();
        account.faults().beforeRequest(() -> {
            if (requests.getAndIncrement() == 0) {
                mail.emails().removeKeyword(List.of(id), Keyword.FLAGGED);
            }
        });
        mail.emails().addKeyword(List.of(id), Keyword.SEEN);
        count();
        assertEquals(Set.of(Keyword.SEEN), state().keywords());
        assertEquals(1, asked.get());
    }

    /** A sync tells nothing of what was done and undone since its store last heard. */
    @Test
    void whatSomebodyUndid_isNotProvedByASync() {
        InMemorySyncStore store = new InMemorySyncStore();
        sync(store);
        Email unused = state();
        sync(store);
        mail.emails().addKeyword(List.of(id), Keyword.SEEN);
        account.setKeywords("<1@example.com>", Set.of(Keyword.FLAGGED));
        now += 6_000_000_000L;
        sync(store);
        assertFalse(state().isSeen());
    }

    private void sync(InMemorySyncStore store) {
        now++;
        var unused = mail.sync(
                        store,
                        (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of()),
                        SyncOptions.DEFAULT)
                .run(progress -> now++);
    }

    @Test
    void listsStay_unlessTheyAskForKeywords() {
        assertEquals(1, unseen().size());
        mail.emails().addKeyword(List.of(id), Keyword.SEEN);
        count();
        assertTrue(inbox().get(0).isSeen());
        assertEquals(0, asked.get());
        assertEquals(List.of(), unseen());
        assertEquals(1, asked.get());
    }

    /** What a sync is about to find different from its store must not come back as known. */
    @Test
    void whatWeMark_whileASyncCompares_isReadAgain() {
        AtomicInteger marked = new AtomicInteger();
        long unused = cache.of(ADA).syncBegins(new SyncCursor("1"), new Finding(() -> {
            if (marked.getAndIncrement() == 0) {
                mail.emails().addKeyword(List.of(id), Keyword.SEEN);
            }
        }));
        assertEquals(1, marked.get());
        count();
        assertTrue(state().isSeen());
        assertEquals(1, asked.get());
    }

    /** A store that knows nothing. */
    private record Finding(Runnable onFind) implements KnownEmails {
        @Override
        public Optional<KnownEmail> find(EmailId id) {
            onFind.run();
            return Optional.empty();
        }

        @Override
        public Collection<KnownEmail> in(MailboxId mailbox) {
            return List.of();
        }

        @Override
        public Collection<KnownEmail> all() {
            return List.of();
        }

        @Override
        public Collection<EmailId> unread() {
            return List.of();
        }

        @Override
        public Collection<Mailbox> mailboxes() {
            return List.of();
        }
    }

    private void count() {
        asked.set(0);
        account.faults().beforeRequest(asked::incrementAndGet);
    }

    private Email state() {
        return mail.emails().get(id, FetchLevel.STATE);
    }

    private List<Email> inbox() {
        return mail.emails().query(EmailQuery.in(Role.INBOX)).stream().toList();
    }

    private List<Email> unseen() {
        return mail.emails().query(EmailQuery.in(Role.INBOX).unseen()).stream().toList();
    }
}
