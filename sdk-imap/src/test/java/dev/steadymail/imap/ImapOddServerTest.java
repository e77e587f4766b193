package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Servers and histories that make a change easy to miss. */
class ImapOddServerTest {
    private static final String USER = "ada";
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00Z");

    private final InMemorySyncStore store = new InMemorySyncStore();
    private final Set<Long> toPark = new HashSet<>();

    @Test
    void expungeAndArrivalInEqualNumber_areBothSeen() {
        try (ImapTestServer server = start(1, 2, 3)) {
            sync(server.port());
            server.account(USER).expunge("INBOX", 2);
            deliver(server, 4);
            sync(server.port());
            assertEquals(Set.of(1L, 3L, 4L), uids());
        }
    }

    @Test
    void parkedEmail_doesNotStandForAnExpungedOne() {
        try (ImapTestServer server = start(1, 2, 3)) {
            toPark.add(2L);
            sync(server.port());
            assertEquals(Set.of(1L, 3L), uids());
            server.account(USER).expunge("INBOX", 3);
            sync(server.port());
            assertEquals(Set.of(1L), uids());
        }
    }

    @Test
    void serverRestoredFromABackup_bringsItsOwnContent() {
        try (ImapTestServer before = start(1, 2, 3, 4);
                ImapTestServer restored = start(1, 2, 30)) {
            assertEquals(
                    before.account(USER).uidValidity("INBOX"),
                    restored.account(USER).uidValidity("INBOX"));
            sync(before.port());
            assertEquals(Mode.RECOVERED, sync(restored.port()).mode());
            assertEquals(Set.of(1L, 2L, 3L), uids());
            long size = restored.account(USER).messages("INBOX").get(2).bytes().length;
            assertEquals(size, email(3).size());
        }
    }

    @Test
    void highestEmailOfAServerWithoutUidNext_vanishes() {
        Box box = new Box(3);
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            assertEquals(Set.of(1L, 2L, 3L), uids());
            box.emails = 2;
            sync(server.port());
            assertEquals(Set.of(1L, 2L), uids());
        }
    }

    @Test
    void mailboxThatOnlyHoldsOthersNow_losesItsEmails() {
        Box box = new Box(2);
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.attributes = "\\Noselect";
            sync(server.port());
            assertEquals(Set.of(), uids());
            assertEquals(1, store.known().mailboxes().size());
        }
    }

    @Test
    void flagInAResponseThatCannotBeRead_isAskedForAgain() {
        Box box = new Box(2);
        box.modSeq = 10;
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.modSeq = 11;
            box.changed = "* 1 FETCH (UID 1 FLAGS (\\Seen MODSEQ\r\n";
            sync(server.port());
            box.changed = "* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 10 MODSEQ (11))\r\n";
            sync(server.port());
            assertEquals(Set.of(Keyword.SEEN), email(1).keywords());
        }
    }

    @Test
    void p4_modSeqThatGoesBack_hasAllComparedAgain() {
        Box box = new Box(2);
        box.modSeq = 10;
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.modSeq = 5;
            box.emails = 1;
            assertEquals(Mode.RECOVERED, sync(server.port()).mode());
            assertEquals(Set.of(1L), uids());
        }
    }

    @Test
    void p4_vanishedThatNamesWhatNobodyKnows_dropsNothing() {
        Box box = new Box(2);
        box.modSeq = 10;
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.modSeq = 11;
            box.changed = "* VANISHED (EARLIER) 1:4294967295\r\n";
            sync(server.port());
            assertEquals(Set.of(1L, 2L), uids());
        }
    }

    @Test
    void p7_condstoreThatIsAnsweredBad_losesNoFlag() {
        Box box = new Box(2);
        box.modSeq = 10;
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.modSeq = 11;
            box.flags = "\\Seen";
            box.changed = "BAD what?";
            sync(server.port());
            assertEquals(Set.of(Keyword.SEEN), email(1).keywords());
        }
    }

    @Test
    void searchWithoutAnAnswer_dropsNothing() {
        Box box = new Box(2);
        box.modSeq = 10;
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            box.emails = 1;
            box.silentSearch = true;
            MailException failure = assertThrows(MailException.class, () -> sync(server.port()));
            assertEquals(Kind.PROTOCOL, failure.kind());
            assertEquals(Set.of(1L, 2L), uids());
        }
    }

    @Test
    void mailboxThatMayNotBeRead_holdsUpNoOther() {
        Box box = new Box(2);
        box.other = "NO Permission denied";
        try (ScriptedServer server = box.server()) {
            sync(server.port());
            assertEquals(Set.of(1L, 2L), uids());
        }
    }

    @Test
    void mailboxThatCannotBeOpened_failsTheRunAfterTheOthers() {
        Box box = new Box(2);
        box.other = "NO it does not work";
        try (ScriptedServer server = box.server()) {
            MailException failure = assertThrows(MailException.class, () -> sync(server.port()));
            assertEquals(Kind.UNAVAILABLE, failure.kind());
            assertEquals(Set.of(1L, 2L), uids());
        }
    }

    private Email email(long uid) {
        return store.emails().stream()
                .filter(email -> ImapEmailId.parse(email.id()).uid() == uid)
                .findFirst()
                .orElseThrow();
    }

    private Set<Long> uids() {
        Set<Long> uids = new TreeSet<>();
        store.emails().forEach(email -> uids.add(ImapEmailId.parse(email.id()).uid()));
        return uids;
    }

    private SyncReport sync(int port) {
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build();
                MailClient client = runtime.open(LocalServers.plain(port, USER, LocalServers.PASSWORD))) {
            SyncOptions options = new SyncOptions(Set.of(), 10, Duration.ofSeconds(30));
            return client.sync(store, (ids, call) -> load(client, ids), options).run(progress -> {});
        }
    }

    private Loaded load(MailClient client, List<EmailId> ids) {
        List<EmailId> parked = ids.stream()
                .filter(id -> toPark.contains(ImapEmailId.parse(id).uid()))
                .toList();
        List<EmailId> wanted = ids.stream().filter(id -> !parked.contains(id)).toList();
        return new Loaded(
                client.emails().get(wanted, FetchLevel.STATE),
                parked.stream().map(id -> new ParkedEmail(id, "test")).toList());
    }

    private static ImapTestServer start(int... numbers) {
        ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        for (int number : numbers) {
            deliver(server, number);
        }
        return server;
    }

    private static void deliver(ImapTestServer server, int number) {
        byte[] message = ("Subject: x\r\n\r\n" + "x".repeat(number)).getBytes(StandardCharsets.US_ASCII);
        long unused = server.account(USER).append("INBOX", message, List.of(), NOON.plusSeconds(number));
    }

    /** A server of few words: mailbox Box with emails of UID 1 to {@code emails}, and one that may not open. */
    private static final class Box {
        private volatile int emails;
        private volatile int modSeq;
        private volatile String attributes = "";
        private volatile String flags = "";
        private volatile String changed = "";
        private volatile String other = "";
        private volatile boolean silentSearch;

        Box(int emails) {
            this.emails = emails;
        }

        ScriptedServer server() {
            String greeting = "* OK [CAPABILITY IMAP4rev1" + (modSeq > 0 ? " CONDSTORE" : "") + "] ready";
            return new ScriptedServer(greeting, this::answer);
        }

        private String answer(String command) {
            if (command.startsWith("LIST")) {
                String another = other.isEmpty() ? "" : "* LIST () \"/\" Another\r\n";
                return another + "* LIST (" + attributes + ") \"/\" Box\r\n";
            }
            if (command.equals("EXAMINE \"Another\"")) {
                return other;
            }
            if (command.startsWith("EXAMINE")) {
                String modSeqs = modSeq > 0 ? "* OK [HIGHESTMODSEQ " + modSeq + "] ok\r\n* OK [UIDNEXT 4] ok\r\n" : "";
                return "* " + emails + " EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" + modSeqs;
            }
            if (command.startsWith("UID SEARCH")) {
                return silentSearch ? "" : "* SEARCH" + (emails > 2 ? " 1 2 3" : emails > 1 ? " 1 2" : " 1") + "\r\n";
            }
            return command.startsWith("UID FETCH") ? fetch(command) : "";
        }

        private String fetch(String command) {
            if (command.contains("CHANGEDSINCE")) {
                return changed;
            }
            StringBuilder answer = new StringBuilder();
            for (int uid = 1; uid <= emails; uid++) {
                answer.append("* " + uid + " FETCH (UID " + uid + " FLAGS (" + flags + ") RFC822.SIZE 10 INTERNALDATE "
                        + "\"01-Jan-2026 12:00:00 +0000\")\r\n");
            }
            return answer.toString();
        }
    }
}
