package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.gmail.GmailMessage;
import dev.steadymail.testkit.gmail.GmailRequest;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GmailSyncTest {
    private static final String LIST = "/messages$";
    private static final String HISTORY = "/history$";

    private final FakeGmail server =
            FakeGmail.builder().user("ada@example.com", "token").start();
    private final GmailMailbox mailbox = server.mailbox("ada@example.com");
    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();
    private final MailClient mail = runtime.open(GmailAccount.with(Tokens.fixed("token"))
            .rootUrl(URI.create(server.rootUrl()))
            .guarded(Unpaced.GUARD));
    private final InMemorySyncStore store = new InMemorySyncStore();
    private Set<MailboxId> scope = Set.of();

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    @Test
    void labelChanges_costNoGet() {
        List<String> ids = deliver(12, "INBOX", "UNREAD");
        sync();
        server.clearLog();
        mailbox.modify(ids.get(3), Set.of("STARRED"), Set.of("UNREAD", "INBOX"));
        SyncReport report = sync();
        assertEquals(1, report.updated());
        assertEquals(Mode.INCREMENTAL, report.mode());
        KnownEmail known = known(ids.get(3));
        assertEquals(Set.of(Labels.ALL_MAIL), known.mailboxIds());
        assertEquals(Set.of(Keyword.SEEN, Keyword.FLAGGED), known.keywords());
        assertEquals(2, server.log().size(), "one history.list and one labels.list");
        assertConverged();
    }

    @Test
    void aHundredChanges_costOneRequestOfHistory_besideTheLabels() {
        List<String> ids = deliver(300, "INBOX", "UNREAD");
        sync();
        server.clearLog();
        ids.subList(0, 100).forEach(id -> mailbox.modify(id, Set.of("STARRED"), Set.of("UNREAD")));
        SyncReport report = sync(store, SyncOptions.DEFAULT);
        assertEquals(100, report.updated());
        assertEquals(Set.of("labels", "history"), Set.copyOf(asked(server.log())));
        assertEquals(2, server.log().size());
        assertConverged();
    }

    /** Profile and labels together, then the list; Gmail takes only so much from one user at a time, so batches begin small. */
    @Test
    void firstPage_isThereAfterTwoRoundTripsAndItsBatches() {
        List<String> ids = deliver(1_000, "INBOX");
        List<List<String>> logs = new ArrayList<>();
        SyncReport ignored = mail.sync(store, this::load, SyncOptions.DEFAULT).run(report -> {
            if (logs.isEmpty()) {
                assertEquals(100, report.created());
                logs.add(asked(server.log()));
            }
        });
        List<String> log =
                logs.get(0).stream().filter(path -> !ids.contains(path)).toList();
        assertEquals(Set.of("profile", "labels"), Set.copyOf(log.subList(0, 2)));
        assertEquals("messages", log.get(2));
        assertEquals(Set.of("v1"), Set.copyOf(log.subList(3, log.size())));
        assertTrue(log.size() <= 3 + 10, log::toString);
    }

    private static List<String> asked(List<GmailRequest> requests) {
        return requests.stream()
                .map(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void expiredHistory_isComparedWithoutReadingWhatIsKnown() {
        List<String> ids = deliver(20, "INBOX", "UNREAD");
        sync();
        mailbox.modify(ids.get(0), Set.of("STARRED"), Set.of("INBOX"));
        mailbox.delete(ids.get(1));
        String fresh = deliver(1, "SPAM").get(0);
        mailbox.expireHistoryBefore(mailbox.historyId());
        server.clearLog();
        SyncReport report = sync();
        assertEquals(Mode.RECOVERED, report.mode());
        assertEquals(List.of(1L, 1L, 1L), List.of(report.created(), report.updated(), report.destroyed()));
        assertEquals(3, report.recovered());
        assertEquals(1, countLogged("/messages/" + fresh));
        assertEquals(0, countLogged("/messages/" + ids.get(5)));
        assertConverged();
        assertEquals(Mode.INCREMENTAL, sync().mode());
    }

    @Test
    void storeThatFailsWhileComparing_isComparedAgainAndLosesNothing() {
        List<String> ids = deliver(20, "INBOX", "UNREAD");
        sync();
        mailbox.delete(ids.get(1));
        deliver(1, "INBOX");
        mailbox.expireHistoryBefore(mailbox.historyId());
        for (String question : List.of("all", "unread", "mailboxes")) {
            MailException failure = assertThrows(MailException.class, () -> sync(failingOnce(question)));
            assertEquals(Kind.STORAGE, failure.kind());
        }
        SyncReport report = sync();
        assertEquals(List.of(1L, 0L, 1L), List.of(report.created(), report.updated(), report.destroyed()));
        assertConverged();
    }

    /** A caller may stop between two pages and come back much later. */
    @Test
    void labelMadeBetweenTwoPages_isToldWithTheLast() {
        List<String> ids = deliver(30, "INBOX", "UNREAD");
        SyncReport unused = sync();
        ids.forEach(id -> mailbox.modify(id, Set.of("STARRED"), Set.of()));
        assertThrows(
                IllegalStateException.class,
                () -> mail.sync(store, this::load, new SyncOptions(scope, 10, Duration.ofMinutes(1)))
                        .run(report -> {
                            throw new IllegalStateException("the caller stops");
                        }));
        MailboxId made = new MailboxId(mailbox.createLabel("Made meanwhile"));
        unused = sync();
        assertTrue(store.known().mailboxes().stream().anyMatch(one -> one.id().equals(made)));
        assertConverged();
    }

    /** A token that is refused once begins the list again, of which nothing is new. */
    @Test
    void refusedTokenOfHistory_isNoEnd() {
        List<String> ids = deliver(30, "INBOX", "UNREAD");
        SyncReport unused = sync();
        ids.forEach(id -> mailbox.modify(id, Set.of("STARRED"), Set.of()));
        server.inject(GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                .onPath(HISTORY)
                .skip(1)
                .times(1));
        unused = sync();
        assertConverged();
    }

    /** A comparison may be gone on with after so long that the history it leads to has expired as well. */
    @Test
    void historyThatExpiresBetweenTwoTriesToCompare_isComparedOnceMore() {
        List<String> ids = deliver(20, "INBOX", "UNREAD");
        SyncReport unused = sync();
        mailbox.delete(ids.get(1));
        mailbox.expireHistoryBefore(mailbox.historyId());
        assertThrows(MailException.class, () -> sync(failingOnce("all")));
        mailbox.delete(ids.get(2));
        mailbox.expireHistoryBefore(mailbox.historyId());
        unused = sync();
        assertConverged();
    }

    /** A comparison that goes on after a failure keeps what it listed of emails, and not of labels. */
    @Test
    void labelMadeBetweenTwoTriesToCompare_isTold() {
        List<String> ids = deliver(20, "INBOX", "UNREAD");
        SyncReport ignored = sync();
        mailbox.delete(ids.get(1));
        mailbox.expireHistoryBefore(mailbox.historyId());
        assertThrows(MailException.class, () -> sync(failingOnce("all")));
        MailboxId made = new MailboxId(mailbox.createLabel("Made meanwhile"));
        ignored = sync();
        assertTrue(store.known().mailboxes().stream().anyMatch(one -> one.id().equals(made)));
    }

    @Test
    void expiredHistory_againAfterComparing_endsInsteadOfLooping() {
        deliver(3, "INBOX");
        sync();
        server.inject(GmailFault.status(404, "notFound", "Requested entity was not found.")
                .onPath(HISTORY)
                .always());
        MailException failure = assertThrows(MailException.class, this::sync);
        assertEquals(Kind.CURSOR_EXPIRED, failure.kind());
        server.clearFaults();
        sync();
        assertConverged();
    }

    @Test
    void refusedPageToken_beginsTheListAgain() {
        deliver(30, "INBOX");
        server.inject(GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                .onPath(LIST)
                .skip(1)
                .times(1));
        SyncReport report = sync();
        assertEquals(30, report.created());
        assertConverged();
    }

    @Test
    void failureAnywhere_isMadeGoodByTheNextRun() {
        List<String> ids = deliver(25, "INBOX", "UNREAD");
        for (int step = 0; step < 12; step++) {
            server.inject(GmailFault.truncate(10).onPath("users/me").skip(step).times(1));
            runToEnd();
            server.clearFaults();
            mailbox.modify(ids.get(step), Set.of("STARRED"), Set.of("UNREAD"));
            mailbox.delete(ids.get(24 - step));
            deliver(1, "SENT");
            if (step % 3 == 2) {
                mailbox.expireHistoryBefore(mailbox.historyId());
            }
        }
        runToEnd();
        assertConverged();
    }

    @Test
    void deletedAndRenamedLabels_follow() {
        String old = mailbox.createLabel("Old");
        String work = mailbox.createLabel("Work");
        String id = deliver(1, old, work).get(0);
        sync();
        mailbox.deleteLabel(old);
        mailbox.renameLabel(work, "Work/2026");
        sync();
        assertEquals(Set.of(new MailboxId(work)), known(id).mailboxIds());
        Map<String, Mailbox> mailboxes = new HashMap<>();
        store.known().mailboxes().forEach(one -> mailboxes.put(one.id().value(), one));
        assertFalse(mailboxes.containsKey(old));
        assertEquals("Work/2026", mailboxes.get(work).fullName());
        assertConverged();
    }

    @Test
    void scope_isEnteredAndLeft() {
        String work = mailbox.createLabel("Work");
        List<String> inside = deliver(3, work, "INBOX");
        List<String> outside = deliver(3, "INBOX");
        scope = Set.of(new MailboxId(work));
        assertEquals(3, sync().created());
        mailbox.modify(inside.get(0), Set.of(), Set.of(work));
        mailbox.modify(outside.get(0), Set.of(work), Set.of());
        mailbox.modify(outside.get(1), Set.of("STARRED"), Set.of());
        SyncReport report = sync();
        assertEquals(1, report.created());
        assertEquals(1, report.destroyed());
        assertEquals(Set.of(inside.get(1), inside.get(2), outside.get(0)), knownIds());
        scope = Set.of();
        sync();
        assertConverged();
    }

    private void runToEnd() {
        for (int run = 0; run < 4; run++) {
            try {
                sync();
                return;
            } catch (MailException failure) {
                assertTrue(failure.isRetryable(), "kind " + failure.kind());
            }
        }
        throw new AssertionError("the sync did not end");
    }

    private static <T> T proxied(Class<T> type, T target, Consumer<String> before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (unused, method, arguments) -> {
                    before.accept(method.getName());
                    return method.invoke(target, arguments);
                }));
    }

    /** Returns the store with one question that is answered with a failure, the first time that it is asked. */
    private SyncStore failingOnce(String question) {
        Set<String> left = new HashSet<>(Set.of(question));
        KnownEmails known = proxied(KnownEmails.class, store.known(), method -> {
            if (left.remove(method)) {
                throw MailException.of(Kind.STORAGE, "locked");
            }
        });
        return new SyncStore() {
            @Override
            public Optional<SyncCursor> cursor() {
                return store.cursor();
            }

            @Override
            public KnownEmails known() {
                return known;
            }

            @Override
            public void apply(SyncBatch batch) {
                store.apply(batch);
            }

            @Override
            public List<ParkedEmail> parked() {
                return store.parked();
            }
        };
    }

    private SyncReport sync() {
        return sync(store);
    }

    private SyncReport sync(SyncStore into) {
        return sync(into, new SyncOptions(scope, 10, Duration.ofMinutes(1)));
    }

    private SyncReport sync(SyncStore into, SyncOptions options) {
        return mail.sync(into, this::load, options).run(report -> {});
    }

    private Loaded load(List<EmailId> ids, Call call) {
        return new Loaded(mail.with(call).emails().get(ids, FetchLevel.STATE), List.of());
    }

    private List<String> deliver(int count, String... labels) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(mailbox.add("Subject: n\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII), labels));
        }
        return ids;
    }

    private KnownEmail known(String id) {
        return store.known().find(new EmailId(id)).orElseThrow();
    }

    private Set<String> knownIds() {
        Set<String> ids = new HashSet<>();
        store.known().all().forEach(email -> ids.add(email.id().value()));
        return ids;
    }

    private long countLogged(String path) {
        return server.log().stream()
                .filter(request -> request.path().endsWith(path))
                .count();
    }

    private void assertConverged() {
        Set<String> there = new HashSet<>();
        for (GmailMessage message : mailbox.messages()) {
            there.add(message.id());
            KnownEmail known = known(message.id());
            assertEquals(Labels.mailboxIds(message.labelIds()), known.mailboxIds());
            assertEquals(Labels.keywords(message.labelIds()), known.keywords());
        }
        assertEquals(there, knownIds());
    }
}
