package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The provider against a server that others wrote. Reads {@code STEADYMAIL_EMULATOR_ROOT}, its root URL, and
 * {@code STEADYMAIL_EMULATOR_TOKEN}, an access token of a mailbox with at least 20 emails; skipped where they are not set. Only
 * keywords and mailboxes of emails are changed, and changed back.
 */
class GmailRealServerTest {
    private MailRuntime runtime;
    private MailClient mail;

    @BeforeEach
    void open() {
        String root = System.getenv("STEADYMAIL_EMULATOR_ROOT");
        String token = System.getenv("STEADYMAIL_EMULATOR_TOKEN");
        assumeTrue(root != null && token != null, "STEADYMAIL_EMULATOR_ROOT and _TOKEN are not set");
        runtime = MailRuntime.create();
        mail = runtime.open(GmailAccount.with(Tokens.fixed(token)).rootUrl(URI.create(root)));
    }

    @AfterEach
    void close() {
        if (runtime != null) {
            runtime.close();
        }
    }

    @Test
    void inbox_isListedInPages() {
        EmailQuery query = EmailQuery.in(Role.INBOX).pageSize(7).limit(20);
        List<Email> emails = mail.emails().query(query).stream().toList();
        assertEquals(20, emails.size());
        assertEquals(20, emails.stream().map(Email::id).distinct().count());
        assertTrue(emails.stream().allMatch(email -> !email.from().isEmpty() && email.size() > 0));
    }

    @Test
    void raw_hasTheSizeThatIsTold() throws IOException {
        Email email = first();
        AtomicLong told = new AtomicLong();
        try (InputStream raw = mail.emails().raw(email.id())) {
            long size = raw.readAllBytes().length;
            mail.emails().raw(List.of(email.id()), new FirstSize(told));
            assertEquals(size, told.get());
        }
    }

    @Test
    void structure_isRead() {
        Email email = mail.emails().get(first().id(), FetchLevel.STRUCTURE);
        assertFalse(email.body() == null || email.body().type().isEmpty());
    }

    @Test
    void changes_followTheServer() {
        InMemorySyncStore store = new InMemorySyncStore();
        SyncReport first = sync(store);
        assertEquals(first.created(), store.known().all().size());
        assertTrue(first.created() >= 20);
        assertEquals(0, sync(store).created());
        Email email = first();
        boolean flagged = email.isFlagged();
        mark(email.id(), !flagged);
        assertEquals(1, sync(store).updated());
        assertEquals(
                !flagged,
                store.known().find(email.id()).orElseThrow().keywords().contains(Keyword.FLAGGED));
        mark(email.id(), flagged);
        MailboxId inbox = mail.mailboxes().find(Role.INBOX).orElseThrow().id();
        mail.emails().archive(List.of(email.id()));
        sync(store);
        assertFalse(store.known().find(email.id()).orElseThrow().mailboxIds().contains(inbox));
        mail.emails().move(List.of(email.id()), Labels.ALL_MAIL, inbox);
        sync(store);
        assertTrue(store.known().find(email.id()).orElseThrow().mailboxIds().contains(inbox));
    }

    private void mark(EmailId id, boolean flagged) {
        Set<Keyword> flag = Set.of(Keyword.FLAGGED);
        mail.emails().changeKeywords(List.of(id), flagged ? flag : Set.of(), flagged ? Set.of() : flag);
    }

    private SyncReport sync(InMemorySyncStore store) {
        return mail.sync(
                        store,
                        (ids, deadline) -> new Loaded(mail.emails().get(ids, FetchLevel.STATE), List.of()),
                        SyncOptions.DEFAULT)
                .run(report -> {});
    }

    private Email first() {
        return mail.emails()
                .query(EmailQuery.in(Role.INBOX).limit(1))
                .iterator()
                .next();
    }

    private record FirstSize(AtomicLong told) implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) {
            told.set(email.size());
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            throw reason;
        }
    }
}
