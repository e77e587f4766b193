package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** After each sync the store holds what the server holds, for the price of what changed. */
abstract class ChangeConformance {
    private static final int PAGE = 3;

    private final InMemorySyncStore store = new InMemorySyncStore();
    private final AtomicInteger loaded = new AtomicInteger();

    abstract Session session();

    @Test
    void sync_first_readsEverythingInPages() {
        session().deliverMany(7);
        AtomicInteger pages = new AtomicInteger();
        SyncReport report = engine().run(progress -> pages.incrementAndGet());
        assertEquals(Mode.FULL, report.mode());
        assertEquals(7, report.created());
        assertTrue(pages.get() >= 3, () -> "7 emails in pages of 3 came in " + pages + " pages");
        assertSameAsServer();
    }

    @Test
    void sync_emptyAccount_knowsItsMailboxes() {
        assertEquals(0, sync().created());
        assertTrue(mailboxNames().contains(INBOX), "the inbox is missing");
    }

    @Test
    void sync_nothingChanged_changesNothing() {
        session().deliverMany(4);
        sync();
        assertCounts(sync(), 0, 0, 0);
        assertEquals(4, loaded.get());
    }

    @Test
    void sync_delivery_readsOnlyTheNewEmail() {
        session().deliverMany(4);
        sync();
        session().deliver(SampleMail.named("late"), INBOX);
        assertCounts(sync(), 1, 0, 0);
        assertEquals(5, loaded.get());
        assertSameAsServer();
    }

    @Test
    void sync_removal_dropsTheEmail() {
        session().deliverMany(3);
        sync();
        session().backdoor().remove(SampleMail.named("m2").messageId());
        assertCounts(sync(), 0, 0, 1);
        assertSameAsServer();
    }

    @Test
    void sync_keywordChange_costsNoRead() {
        session().deliverMany(3);
        sync();
        session().backdoor().setKeywords(SampleMail.named("m2").messageId(), Set.of(Keyword.SEEN, Keyword.FLAGGED));
        assertCounts(sync(), 0, 1, 0);
        assertEquals(3, loaded.get());
        assertSameAsServer();
    }

    @Test
    void sync_ownKeywordChange_showsToo() {
        EmailId id = session().delivered(SampleMail.named("a"));
        sync();
        session().client().emails().addKeyword(List.of(id), Keyword.SEEN);
        sync();
        assertSameAsServer();
    }

    @Test
    void sync_move_showsTheEmailInItsNewMailboxOnly() {
        session().backdoor().createMailbox("Projects");
        EmailId id = session().delivered(SampleMail.named("a"));
        sync();
        session()
                .client()
                .emails()
                .move(List.of(id), session().mailbox(INBOX), session().mailbox("Projects"));
        sync();
        assertEquals(1, store.emails().size());
        assertSameAsServer();
    }

    @Test
    void sync_newMailboxWithEmail_bringsBoth() {
        sync();
        session().backdoor().createMailbox("Projects");
        session().deliver(SampleMail.named("a"), "Projects");
        assertEquals(1, sync().created());
        assertTrue(mailboxNames().contains("Projects"), "the new mailbox is missing");
        assertSameAsServer();
    }

    @Test
    void sync_renamedMailbox_keepsItsEmailsWithoutReadingThem() {
        session().backdoor().createMailbox("Before");
        session().deliver(SampleMail.named("a"), "Before", Keyword.FLAGGED);
        sync();
        long ownId = onlyOwnId();
        session().backdoor().renameMailbox("Before", "After");
        assertEquals(0, sync().created());
        assertEquals(1, loaded.get());
        assertEquals(ownId, onlyOwnId());
        assertSameAsServer();
    }

    @Test
    void sync_manyChangesAtOnce_converges() {
        session().deliverMany(6);
        sync();
        session().backdoor().remove(SampleMail.named("m1").messageId());
        session().backdoor().setKeywords(SampleMail.named("m3").messageId(), Set.of(Keyword.SEEN));
        session().backdoor().remove(SampleMail.named("m3").messageId());
        session().deliver(SampleMail.named("late").at(SampleMail.NOON.plusSeconds(600)), INBOX, Keyword.SEEN);
        session().backdoor().setKeywords(SampleMail.named("m4").messageId(), Set.of(Keyword.FLAGGED));
        assertCounts(sync(), 1, 1, 2);
        assertSameAsServer();
    }

    @Test
    void sync_cutAfterAPage_goesOnFromThere() {
        session().deliverMany(8);
        Consumer<SyncReport> cut = progress -> {
            throw new Cut();
        };
        assertThrows(Cut.class, () -> engine().run(cut));
        int before = loaded.get();
        sync();
        assertTrue(before > 0 && before < 8, () -> before + " of 8 emails were read before the cut");
        assertEquals(8, loaded.get(), "emails were read twice");
        assertSameAsServer();
    }

    @Test
    void sync_changesBetweenPages_areNotLost() {
        session().deliverMany(8);
        Consumer<SyncReport> meddle = new Consumer<>() {
            private boolean done;

            @Override
            public void accept(SyncReport progress) {
                if (!done) {
                    done = true;
                    session().backdoor().remove(SampleMail.named("m1").messageId());
                    session().backdoor().setKeywords(SampleMail.named("m8").messageId(), Set.of(Keyword.SEEN));
                    session().deliver(SampleMail.named("late").at(SampleMail.NOON.plusSeconds(900)), INBOX);
                }
            }
        };
        engine().run(meddle);
        sync();
        assertSameAsServer();
    }

    @Test
    void sync_expiredCursor_recoversTheDifference() {
        session().deliverMany(4);
        sync();
        session().backdoor().remove(SampleMail.named("m1").messageId());
        session().backdoor().setKeywords(SampleMail.named("m2").messageId(), Set.of(Keyword.SEEN));
        session().deliver(SampleMail.named("late").at(SampleMail.NOON.plusSeconds(900)), INBOX);
        assumeTrue(session().fixture().expireCursors(), "the fixture cannot expire cursors");
        SyncReport report = sync();
        assertEquals(Mode.RECOVERED, report.mode());
        assertCounts(report, 1, 1, 1);
        assertEquals(3, report.recovered());
        assertSameAsServer();
        assertCounts(sync(), 0, 0, 0);
    }

    private SyncReport sync() {
        return engine().run(progress -> {});
    }

    private SyncEngine engine() {
        SyncOptions options = new SyncOptions(Set.of(), PAGE, Duration.ofSeconds(30));
        return session().client().sync(store, (ids, call) -> load(ids), options);
    }

    private Loaded load(List<EmailId> ids) {
        List<Email> emails = session().client().emails().get(ids, FetchLevel.METADATA);
        loaded.addAndGet(emails.size());
        return new Loaded(emails, List.of());
    }

    private void assertSameAsServer() {
        Map<MailboxId, String> stored =
                store.known().mailboxes().stream().collect(Collectors.toMap(Mailbox::id, Mailbox::fullName));
        Map<MailboxId, String> served = session().client().mailboxes().list().stream()
                .collect(Collectors.toMap(Mailbox::id, Mailbox::fullName));
        assertEquals(served, stored);
        assertEquals(lines(session().everything(), served), lines(store.emails(), stored));
    }

    /** One line for each email, good for comparing: key, mailboxes, keywords. */
    private static Map<String, String> lines(Iterable<Email> emails, Map<MailboxId, String> names) {
        Map<String, String> lines = new TreeMap<>();
        for (Email email : emails) {
            String line = Session.key(email) + " in " + mailboxes(email, names) + " " + new TreeSet<>(email.keywords());
            lines.put(email.id().value(), line);
        }
        return lines;
    }

    private static Set<String> mailboxes(Email email, Map<MailboxId, String> names) {
        return email.mailboxIds().stream()
                .map(id -> String.valueOf(names.get(id)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> mailboxNames() {
        return store.known().mailboxes().stream().map(Mailbox::fullName).collect(Collectors.toSet());
    }

    private long onlyOwnId() {
        Set<Long> ids = store.ownIds();
        assertEquals(1, ids.size());
        return ids.iterator().next();
    }

    private static void assertCounts(SyncReport report, long created, long updated, long destroyed) {
        assertEquals(
                List.of(created, updated, destroyed),
                List.of(report.created(), report.updated(), report.destroyed()),
                "created, updated, destroyed");
    }

    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
