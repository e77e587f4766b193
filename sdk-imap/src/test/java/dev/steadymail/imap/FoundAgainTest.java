package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.ChangePage.Cause;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Emails whose ids change are the same emails: they are not read again, and keep the ids that a store gave them. */
class FoundAgainTest {
    private static final String USER = "ada";
    private static final String FIRST = "Aardvark";
    private static final String LAST = "Zoo";
    /** INBOX, those of ours, and those that every account has. */
    private static final int LOOKS_OF_ALL = 8;

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00Z");

    private final List<SyncBatch> batches = new ArrayList<>();
    private final InMemorySyncStore store = new InMemorySyncStore();
    private final MailRuntime runtime = MailRuntime.create();
    private ImapTestServer server = start(ImapTestServer.builder());
    private int read;

    /** What a server can do that matters here. */
    enum Server {
        PLAIN,
        USUAL,
        ALL;

        ImapCapability[] capabilities() {
            return switch (this) {
                case PLAIN -> new ImapCapability[] {ImapCapability.MOVE, ImapCapability.UIDPLUS};
                case USUAL ->
                    new ImapCapability[] {
                        ImapCapability.MOVE,
                        ImapCapability.UIDPLUS,
                        ImapCapability.CONDSTORE,
                        ImapCapability.LIST_STATUS,
                        ImapCapability.LIST_EXTENDED,
                        ImapCapability.ESEARCH,
                        ImapCapability.UNSELECT
                    };
                case ALL -> ImapCapability.values();
            };
        }
    }

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatAnotherClientMoves_keepsItsOwnId_andIsNotReadAgain(Server kind) {
        begin(kind);
        deliver("INBOX", 1, 9);
        deliver(FIRST, 11, 19);
        deliver(LAST, 21, 29);
        SyncReport unused = sync();
        Map<String, Long> before = ownIds();
        read = 0;
        move("INBOX", FIRST, 1, 2);
        move("INBOX", LAST, 3);
        move(FIRST, "INBOX", 11, 12);
        move(LAST, FIRST, 21);
        SyncReport report = sync();
        assertEquals(before, ownIds());
        assertEquals(0, read);
        assertEquals(6, relocated());
        assertEquals(List.of(0L, 6L, 0L), List.of(report.created(), report.updated(), report.destroyed()));
    }

    @Test
    void whatIsMarkedAsItIsMoved_isMarked() {
        begin(Server.USUAL);
        deliver("INBOX", 1, 3);
        SyncReport unused = sync();
        try (MailClient other = open()) {
            other.emails().addKeyword(List.of(id("INBOX", 2)), Keyword.FLAGGED);
        }
        move("INBOX", LAST, 2);
        assertEquals(1, sync().updated());
        Email moved = bySubject().get("2");
        assertEquals(Set.of(new MailboxId(LAST)), moved.mailboxIds());
        assertTrue(moved.isFlagged());
    }

    /** A mailbox that is looked at twice tells neither of what the first look found there nor of what the second did as new. */
    @Test
    void whatTheFirstLookFound_isNotReadAgainForTheSecond() {
        begin(Server.PLAIN);
        deliver(FIRST, 1, 3);
        deliver("INBOX", 4, 6);
        deliver(LAST, 7, 9);
        SyncReport unused = sync();
        Map<String, Long> before = ownIds();
        read = 0;
        move("INBOX", FIRST, 5);
        whenTheLastIsOpen(() -> {
            long unusedUid = server.account(USER).move(LAST, 1, FIRST);
            server.account(USER).setFlags(FIRST, 4, List.of("\\Flagged"));
        });
        unused = sync();
        assertEquals(before, ownIds());
        assertEquals(0, read);
        assertEquals(2, relocated());
        assertTrue(bySubject().get("5").isFlagged());
    }

    /** Looks at one mailbox after the other need so many commands; what is done before the last of them is done in between. */
    private void whenTheLastIsOpen(Runnable action) {
        int[] opened = new int[1];
        server.beforeCommand(command -> {
            if (command.equals("EXAMINE") && ++opened[0] == LOOKS_OF_ALL) {
                server.beforeCommand(done -> {});
                action.run();
            }
        });
    }

    /** What moves while a run is at work is looked for where it may have gone, whether or not that had changed before. */
    @ParameterizedTest
    @EnumSource(Server.class)
    void whatMovesWhileMailboxesAreLookedAt_keepsItsOwnId(Server kind) {
        begin(kind);
        deliver(FIRST, 1, 3);
        deliver("INBOX", 4, 6);
        deliver(LAST, 7, 9);
        SyncReport unused = sync();
        Map<String, Long> before = ownIds();
        read = 0;
        server.account(USER).setFlags(LAST, 2, List.of("\\Seen"));
        int[] opened = new int[1];
        // The INBOX comes first, and the last of all is open when another client moves from it to two that were passed
        // by.
        server.beforeCommand(command -> {
            boolean last = kind == Server.PLAIN
                    ? command.equals("EXAMINE") && ++opened[0] == LOOKS_OF_ALL
                    : command.equals("EXAMINE");
            if (last) {
                server.beforeCommand(done -> {});
                long unusedUid = server.account(USER).move(LAST, 1, FIRST);
                long unusedOther = server.account(USER).move(LAST, 3, "INBOX");
            }
        });
        unused = sync();
        assertEquals(before, ownIds());
        assertEquals(0, read);
        assertEquals(2, relocated());
        unused = sync();
        assertEquals(before, ownIds());
    }

    /** More mailboxes than are looked at together: what a second look found in one whose turn is to come is not told again in its turn. */
    @Test
    void whatMovesBeyondThoseLookedAtTogether_isToldOnce() {
        begin(Server.PLAIN);
        for (int n = 0; n < MailboxLooks.MOST + 20; n++) {
            server.account(USER).createMailbox(String.format(Locale.ROOT, "Box %03d", n));
        }
        deliver("Box 001", 1, 3);
        deliver("Box 115", 4, 6);
        SyncReport unused = sync();
        Map<String, Long> before = ownIds();
        read = 0;
        move("Box 001", "Box 115", 2);
        SyncReport report = sync();
        assertEquals(before, ownIds());
        assertEquals(0, read);
        assertEquals(List.of(0L, 1L, 0L), List.of(report.created(), report.updated(), report.destroyed()));
    }

    @Test
    void copiesOfOneMessage_thatAreMoved_areMovedAll() {
        begin(Server.USUAL);
        deliver("INBOX", 5, 5);
        deliver("INBOX", 5, 5);
        SyncReport unused = sync();
        Set<Long> before = store.ownIds();
        read = 0;
        move("INBOX", LAST, 5);
        unused = sync();
        assertEquals(before, store.ownIds());
        assertEquals(0, read);
    }

    /** Same size, same second: only the Message-ID tells them apart. */
    @ParameterizedTest
    @EnumSource(Server.class)
    void afterRenumbering_twins_areToldApartByWhatTheyAre(Server kind) {
        begin(kind);
        for (int n = 10; n < 30; n++) {
            long unused = server.account(USER).append("INBOX", message(n), List.of(), NOON);
        }
        server.account(USER).expunge("INBOX", 3, 7);
        SyncReport ignored = sync();
        Map<String, Long> before = ownIds();
        read = 0;
        long unused = server.account(USER).resetUidValidity("INBOX");
        SyncReport report = sync();
        assertEquals(before, ownIds());
        assertEquals(0, read);
        assertEquals(Mode.RECOVERED, report.mode());
        assertEquals(
                Set.of(new Gap(Cause.UIDS_VOID, new MailboxId("INBOX"))),
                Objects.requireNonNull(report.gap()).gaps());
        assertEquals(18, report.gap().updated());
    }

    @Test
    void afterRenumbering_anotherEmailOfSameSizeAndTime_isNotTakenForTheOneThatIsGone() {
        begin(Server.USUAL);
        long unused = server.account(USER).append("INBOX", message(10), List.of(), NOON);
        SyncReport ignored = sync();
        server.account(USER).expunge("INBOX", 1);
        unused = server.account(USER).append("INBOX", message(11), List.of(), NOON);
        unused = server.account(USER).resetUidValidity("INBOX");
        SyncReport report = sync();
        assertEquals(List.of(1L, 1L), List.of(report.created(), report.destroyed()));
        assertEquals(Set.of("11"), bySubject().keySet());
        assertTrue(batches.get(batches.size() - 1).firstSeen().isEmpty(), "what a gap brings is not new mail");
    }

    /** What the server fails to tell after its mod-sequences went back lies below those that it has now. */
    @Test
    void flagsNotToldAfterModSequencesWentBack_areAskedForAgain() {
        begin(Server.USUAL);
        deliver("INBOX", 1, 3);
        server.account(USER).restateModSeq("INBOX", 5_000);
        SyncReport unused = sync();
        server.account(USER).restateModSeq("INBOX", 1_000);
        server.account(USER).setFlags("INBOX", 2, List.of("\\Flagged"));
        server.inject(new ImapFault.NoOn("UID FETCH", "SERVERBUG", "internal error"), FaultCount.times(1));
        unused = sync();
        assertFalse(bySubject().get("2").isFlagged(), "it was not told");
        unused = sync();
        assertTrue(bySubject().get("2").isFlagged());
    }

    /** One look, several pages: what was applied of a look that is cut is not told again, and the rest is. */
    @Test
    void moreChangesThanAPageHolds_takeOneLook() {
        begin(Server.USUAL);
        for (int n = 0; n < 6_000; n++) {
            long unused = server.account(USER).append("INBOX", message(n % 10), List.of(), NOON.plusSeconds(n));
        }
        SyncReport ignored = sync();
        server.account(USER)
                .messages("INBOX")
                .forEach(message -> server.account(USER).setFlags("INBOX", message.uid(), List.of("\\Seen")));
        batches.clear();
        server.clearLog();
        assertEquals(6_000, sync().updated());
        assertEquals(2, batches.size());
        assertEquals(
                1,
                server.log().stream().filter(line -> line.startsWith("EXAMINE")).count());
        assertTrue(store.emails().stream().allMatch(Email::isSeen));
    }

    private void begin(Server kind) {
        server.close();
        server = start(ImapTestServer.builder().only(kind.capabilities()));
        server.account(USER).createMailbox(FIRST);
        server.account(USER).createMailbox(LAST);
    }

    private static ImapTestServer start(ImapTestServer.Builder builder) {
        return builder.user(USER, LocalServers.PASSWORD).start();
    }

    private void deliver(String mailbox, int from, int to) {
        for (int n = from; n <= to; n++) {
            long unused = server.account(USER).append(mailbox, message(n), List.of(), NOON.plusSeconds(n));
        }
    }

    private static byte[] message(int number) {
        return ("Subject: " + number + "\r\nMessage-ID: <" + number + "@example.com>\r\n\r\nhello\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void move(String from, String to, int... numbers) {
        try (MailClient other = open()) {
            for (int number : numbers) {
                for (EmailId id : ids(from, number)) {
                    var unused = other.emails().move(List.of(id), new MailboxId(from), new MailboxId(to));
                }
            }
        }
    }

    private EmailId id(String mailbox, int number) {
        return ids(mailbox, number).get(0);
    }

    private List<EmailId> ids(String mailbox, int number) {
        return server.account(USER).messages(mailbox).stream()
                .filter(message ->
                        new String(message.bytes(), StandardCharsets.US_ASCII).startsWith("Subject: " + number + "\r"))
                .map(message -> ImapEmailId.of(server.account(USER).uidValidity(mailbox), message.uid(), mailbox))
                .toList();
    }

    private MailClient open() {
        return runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
    }

    private SyncReport sync() {
        try (MailClient mail = open()) {
            SyncOptions options = new SyncOptions(Set.of(), 1_000, Duration.ofSeconds(30));
            return mail.sync(new RecordingStore(store, batches), (ids, call) -> load(mail, ids), options)
                    .run(progress -> {});
        }
    }

    private Loaded load(MailClient mail, List<EmailId> ids) {
        List<Email> emails = mail.emails().get(ids, FetchLevel.METADATA);
        read += emails.size();
        return new Loaded(emails, List.of());
    }

    private long relocated() {
        return batches.stream()
                .flatMap(batch -> batch.relocated().stream())
                .map(Relocated::from)
                .distinct()
                .count();
    }

    private Map<String, Email> bySubject() {
        Map<String, Email> emails = new HashMap<>();
        store.emails().forEach(email -> emails.put(email.subject(), email));
        return emails;
    }

    private Map<String, Long> ownIds() {
        Map<String, Long> ids = new HashMap<>();
        store.emails()
                .forEach(email -> ids.put(
                        email.subject() + " " + email.receivedAt(),
                        store.ownId(email.id()).orElseThrow()));
        return ids;
    }
}
