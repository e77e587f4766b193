package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VANISHED, with and without EARLIER, RFC 7162 sections 3.2.6 to 3.2.10. */
class VanishedDialogueTest {

    private final ImapTestServer server = Messages.serverWith(ImapCapability.QRESYNC);
    private final ImapTestAccount account = server.account(Messages.USER);

    @BeforeEach
    void fillInbox() {
        Messages.fill(server, "INBOX", 6);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private ImapDialogue enabled() throws IOException {
        return ImapDialogue.selected(server, "INBOX").play("""
                C: q ENABLE QRESYNC
                S: * OK [HIGHESTMODSEQ 7] modification sequences are on
                S: * ENABLED QRESYNC
                S: q OK ENABLE done
                """);
    }

    @Test
    void expunge_withoutEnable_tellsExpunge() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            account.expunge("INBOX", 2, 3);
            client.play("C: a NOOP\nS: * 3 EXPUNGE\nS: * 2 EXPUNGE\nS: a OK ...");
        }
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a ENABLE CONDSTORE\nS: * OK [HIGHESTMODSEQ 9] ...\nS: * ENABLED CONDSTORE\nS: a OK ...");
            account.expunge("INBOX", 5);
            client.play("C: b NOOP\nS: * 3 EXPUNGE\nS: b OK ...");
        }
    }

    @Test
    void expunge_afterEnable_tellsVanishedOnce_andTheNewState() throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("""
                    C: a STORE 2:3,5 +FLAGS.SILENT (\\Deleted)
                    S: * 2 FETCH (UID 2 MODSEQ (8))
                    S: * 3 FETCH (UID 3 MODSEQ (9))
                    S: * 5 FETCH (UID 5 MODSEQ (10))
                    S: a OK STORE done
                    C: b UID EXPUNGE 1:2
                    S: * VANISHED 2
                    S: b OK [HIGHESTMODSEQ 11] EXPUNGE done
                    C: c EXPUNGE
                    S: * VANISHED 3,5
                    S: c OK [HIGHESTMODSEQ 13] EXPUNGE done
                    C: d EXPUNGE
                    S: d OK EXPUNGE done
                    C: e FETCH 1:* UID
                    S: * 1 FETCH (UID 1)
                    S: * 2 FETCH (UID 4)
                    S: * 3 FETCH (UID 6)
                    S: e OK FETCH done
                    """);
        }
    }

    @Test
    void move_tellsVanished() throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("""
                    C: a UID MOVE 1,3:4 Trash
                    S: * OK [COPYUID 1006 1,3:4 1:3] moved
                    S: * VANISHED 1,3:4
                    S: a OK MOVE done
                    """);
        }
    }

    /** Sequence numbers in use may not change (RFC 7162 section 3.2.10.2). */
    @Test
    void vanished_waitsWhileSequenceNumbersAreInUse() throws IOException {
        try (ImapDialogue client = enabled()) {
            account.expunge("INBOX", 2);
            client.play("""
                    C: a FETCH 1:3 FLAGS
                    S: * 1 FETCH (FLAGS ())
                    S: * 3 FETCH (FLAGS ())
                    S: a NO [EXPUNGEISSUED] ...
                    C: b STORE 3 +FLAGS (\\Seen)
                    S: * 3 FETCH (UID 3 FLAGS (\\Seen) MODSEQ (9))
                    S: b OK STORE done
                    C: c SEARCH ALL
                    S: * SEARCH 1 3 4 5 6
                    S: c OK SEARCH done
                    C: d UID SEARCH RETURN (COUNT) ALL
                    S: * ESEARCH (TAG "d") UID COUNT 5
                    S: * VANISHED 2
                    S: d OK SEARCH done
                    """);
        }
    }

    @Test
    void idle_pushesVanished() throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("C: a IDLE\nS: + idling");
            account.expunge("INBOX", 1, 6);
            client.play("S: * VANISHED 1,6\nC: DONE\nS: a OK IDLE done");
        }
    }

    @Test
    void close_saysNothingOfWhatItExpunged() throws IOException {
        account.setFlags("INBOX", 1, List.of("\\Deleted"));
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a ENABLE QRESYNC CONDSTORE X-OTHER
                    S: * ENABLED QRESYNC CONDSTORE
                    S: a OK ENABLE done
                    C: b SELECT INBOX (QRESYNC (1001 8))
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ...
                    S: * 6 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN 1] ...
                    S: * OK [UIDVALIDITY 1001] ...
                    S: * OK [UIDNEXT 7] ...
                    S: * OK [HIGHESTMODSEQ 8] ...
                    S: b OK ...
                    C: c CLOSE
                    S: c OK mailbox closed
                    """);
        }
    }

    @Test
    void uidFetchVanished_tellsExpungedOfTheSet_beforeChanges() throws IOException {
        account.expunge("INBOX", 2, 5, 6);
        account.setFlags("INBOX", 4, List.of("\\Seen"));
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: q ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: q OK ...");
            client.play("""
                    C: s EXAMINE INBOX
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ...
                    S: * 3 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN 1] ...
                    S: * OK [UIDVALIDITY 1001] ...
                    S: * OK [UIDNEXT 7] ...
                    S: * OK [HIGHESTMODSEQ 11] ...
                    S: s OK ...
                    C: a UID FETCH 1:5 (FLAGS) (CHANGEDSINCE 7 VANISHED)
                    S: * VANISHED (EARLIER) 2,5
                    S: * 3 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (11))
                    S: a OK FETCH done
                    C: b UID FETCH 1:* (FLAGS) (VANISHED CHANGEDSINCE 8)
                    S: * VANISHED (EARLIER) 5:6
                    S: * 3 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (11))
                    S: b OK FETCH done
                    C: c UID FETCH 1:* (FLAGS) (CHANGEDSINCE 11 VANISHED)
                    S: c OK FETCH done
                    """);
        }
    }

    /** EARLIER changes no sequence numbers, so what the client still counts is told without it (RFC 7162 section 3.2.10). */
    @Test
    void uidFetchVanished_ofMessagesStillCounted_tellsThemOnce() throws IOException {
        account.expunge("INBOX", 1);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: q ENABLE QRESYNC\nS: * OK [HIGHESTMODSEQ 8] ...\nS: * ENABLED QRESYNC\nS: q OK ...");
            account.expunge("INBOX", 3);
            client.play("""
                    C: a UID FETCH 1:6 (UID) (CHANGEDSINCE 7 VANISHED)
                    S: * VANISHED (EARLIER) 1
                    S: * VANISHED 3
                    S: a OK FETCH done
                    C: b FETCH 2 UID
                    S: * 2 FETCH (UID 4)
                    S: b OK FETCH done
                    """);
        }
    }

    @Test
    void fetchVanished_outOfPlace_isBad() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID FETCH 1:6 (FLAGS) (VANISHED)
                    S: a BAD VANISHED needs CHANGEDSINCE beside it
                    C: b UID FETCH 1:6 (FLAGS) (CHANGEDSINCE 7 VANISHED)
                    S: * OK [HIGHESTMODSEQ 7] ...
                    S: b BAD VANISHED needs ENABLE QRESYNC first
                    C: c ENABLE QRESYNC
                    S: * ENABLED QRESYNC
                    S: c OK ENABLE done
                    C: d FETCH 1:6 (FLAGS) (CHANGEDSINCE 7 VANISHED)
                    S: d BAD VANISHED goes with UID FETCH only
                    C: e UID FETCH 1:6 (FLAGS) ()
                    S: e BAD unknown modifier of FETCH
                    C: f UID FETCH 1:6 (FLAGS) (CHANGEDSINCE VANISHED)
                    S: f BAD expected a number at octet ...
                    """);
        }
    }

    /** RFC 7162 section 3.2.4. */
    @Test
    void seenByFetch_tellsUidAndModSeq() throws IOException {
        Messages.append(server, "INBOX", "A: b\n\nx");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: q ENABLE QRESYNC
                    S: * OK [HIGHESTMODSEQ 8] ...
                    S: * ENABLED QRESYNC
                    S: q OK ENABLE done
                    C: a FETCH 7 BODY[TEXT]
                    S: * 7 FETCH (BODY[TEXT] {1}
                    S: x FLAGS (\\Seen) UID 7 MODSEQ (9))
                    S: a OK FETCH done
                    """);
        }
    }

    @Test
    void withoutCapability_nothingOfIt() throws IOException {
        try (ImapTestServer plain = Messages.server();
                ImapDialogue client = ImapDialogue.loggedIn(plain)) {
            client.play("""
                    C: a ENABLE QRESYNC
                    S: * ENABLED
                    S: a OK ENABLE done
                    C: b SELECT INBOX (QRESYNC (1001 1))
                    S: b BAD no such parameter of SELECT
                    """);
        }
    }
}
