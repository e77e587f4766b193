package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** STORE, COPY, MOVE, EXPUNGE and IDLE, also with several sessions in one mailbox. */
class ChangeDialogueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ImapTestServer server = Messages.server();
    private final ImapTestAccount account = server.account(Messages.USER);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void store_changesFlags() throws IOException {
        Messages.fill(server, "INBOX", 3);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a STORE 1:2 FLAGS (\\Seen $Work)
                    S: * 1 FETCH (FLAGS ($Work \\Seen))
                    S: * 2 FETCH (FLAGS ($Work \\Seen))
                    S: a OK STORE done
                    C: b UID STORE 2:3 +FLAGS.SILENT \\Flagged
                    S: b OK STORE done
                    C: c UID STORE 2 -FLAGS (\\seen)
                    S: * 2 FETCH (UID 2 FLAGS ($Work \\Flagged))
                    S: c OK STORE done
                    C: d STORE 1 +FLAGS (\\Recent)
                    S: d BAD a flag is one of ...
                    C: e STORE 9 +FLAGS (\\Seen)
                    S: e BAD a sequence number is beyond the mailbox, which has 3
                    """);
        }
    }

    @Test
    void store_unchangedSince_leavesChangedMessagesAlone() throws IOException {
        Messages.fill(server, "INBOX", 3);
        account.setFlags("INBOX", 2, List.of("\\Flagged"));
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID STORE 1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Seen)
                    S: * OK [HIGHESTMODSEQ 5] modification sequences are on
                    S: * 1 FETCH (UID 1 MODSEQ (6))
                    S: * 3 FETCH (UID 3 MODSEQ (7))
                    S: a OK [MODIFIED 2] some messages were changed meanwhile
                    C: b UID STORE 1 +FLAGS (\\Seen)
                    S: * 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (6))
                    S: b OK STORE done
                    """);
        }
    }

    @Test
    void copy_tellsNewUids() throws IOException {
        Messages.fill(server, "INBOX", 4);
        Messages.fill(server, "Archive", 1);
        account.expunge("INBOX", 2);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a COPY 1:2 Archive
                    S: a OK [COPYUID 1002 1,3 2:3] COPY done
                    C: b UID COPY 99 Archive
                    S: b OK COPY done
                    C: c UID COPY 1 Nowhere
                    S: c NO [TRYCREATE] there is no such mailbox
                    """);
        }
        assertEquals(3, account.messages("Archive").size());
    }

    @Test
    void move_tellsCopyUidThenExpunges() throws IOException {
        Messages.fill(server, "INBOX", 4);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID MOVE 2,4 Trash
                    S: * OK [COPYUID 1006 2,4 1:2] moved
                    S: * 4 EXPUNGE
                    S: * 2 EXPUNGE
                    S: a OK MOVE done
                    C: b MOVE 2 Trash
                    S: * OK [COPYUID 1006 3 3] moved
                    S: * 2 EXPUNGE
                    S: b OK MOVE done
                    """);
        }
    }

    @Test
    void expungeAndClose_removeDeletedMessages() throws IOException {
        Messages.fill(server, "INBOX", 5);
        for (long uid : List.of(1L, 2L, 4L)) {
            account.setFlags("INBOX", uid, List.of("\\Deleted"));
        }
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID EXPUNGE 2:3
                    S: * 2 EXPUNGE
                    S: a OK EXPUNGE done
                    C: b EXPUNGE
                    S: * 3 EXPUNGE
                    S: * 1 EXPUNGE
                    S: b OK EXPUNGE done
                    C: c STORE 1 +FLAGS.SILENT (\\Deleted)
                    S: c OK STORE done
                    C: d CLOSE
                    S: d OK mailbox closed
                    C: e SELECT INBOX
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ...
                    S: * 1 EXISTS
                    """);
        }
        assertEquals(5, account.messages("INBOX").get(0).uid());
    }

    @Test
    void expungeByOthers_waitsWhileSequenceNumbersAreInUse() throws IOException {
        Messages.fill(server, "INBOX", 4);
        try (ImapDialogue one = ImapDialogue.selected(server, "INBOX");
                ImapDialogue two = ImapDialogue.selected(server, "INBOX")) {
            two.play("""
                    C: x STORE 2 +FLAGS.SILENT (\\Deleted)
                    S: x OK STORE done
                    C: y EXPUNGE
                    S: * 2 EXPUNGE
                    S: y OK EXPUNGE done
                    C: z STORE 2 +FLAGS (\\Seen)
                    S: * 2 FETCH (FLAGS (\\Seen))
                    S: z OK STORE done
                    """);
            Messages.fill(server, "INBOX", 1);
            one.play("""
                    C: a FETCH 2:4 UID
                    S: * 3 FETCH (UID 3)
                    S: * 4 FETCH (UID 4)
                    S: * 5 EXISTS
                    S: * 0 RECENT
                    S: * 3 FETCH (FLAGS (\\Seen))
                    S: a NO [EXPUNGEISSUED] some of the messages no longer exist
                    C: b SEARCH ALL
                    S: * SEARCH 1 3 4 5
                    S: b OK SEARCH done
                    C: c STORE 2 +FLAGS (\\Seen)
                    S: c NO [EXPUNGEISSUED] some of the messages no longer exist
                    C: d UID FETCH 1:3 UID
                    S: * 1 FETCH (UID 1)
                    S: * 3 FETCH (UID 3)
                    S: * 2 EXPUNGE
                    S: d OK FETCH done
                    C: e FETCH 2 UID
                    S: * 2 FETCH (UID 3)
                    S: e OK FETCH done
                    """);
        }
    }

    @Test
    void idle_pushesChangesAsTheyHappen() throws IOException {
        Messages.fill(server, "INBOX", 2);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a IDLE\nS: + idling");
            Messages.fill(server, "INBOX", 1);
            client.play("S: * 3 EXISTS\nS: * 0 RECENT");
            account.setFlags("INBOX", 3, List.of("\\Seen"));
            client.play("S: * 3 FETCH (FLAGS (\\Seen))");
            account.expunge("INBOX", 1, 2);
            client.play("S: * 2 EXPUNGE\nS: * 1 EXPUNGE");
            client.play("C: DONE\nS: a OK IDLE done\nC: b FETCH 1 UID\nS: * 1 FETCH (UID 3)\nS: b OK FETCH done");
        }
    }

    @Test
    void idle_pushesChangesOfOtherSessions() throws IOException, InterruptedException {
        Messages.fill(server, "INBOX", 1);
        try (ImapDialogue idle = ImapDialogue.selected(server, "INBOX");
                ImapDialogue other = ImapDialogue.selected(server, "INBOX")) {
            idle.send("a IDLE");
            assertTrue(server.awaitCommand("IDLE", 1, PATIENCE));
            other.play("C: x UID MOVE 1 Junk\nS: * OK [COPYUID ...\nS: * 1 EXPUNGE\nS: x OK MOVE done");
            idle.play("S: + idling\nS: * 1 EXPUNGE");
            account.deleteMailbox("Junk");
            account.resetUidValidity("INBOX");
            idle.play("S: * BYE the selected mailbox was deleted or recreated\nS: <end>");
        }
    }

    @Test
    void idle_endedByAnythingButDone_isBad() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: a IDLE\nS: + idling\nC: b NOOP\nS: a BAD expected DONE\nC: c NOOP\nS: c OK ...");
        }
    }

    @Test
    void awaitCommand_givesUpInTime() throws InterruptedException {
        assertEquals(false, server.awaitCommand("IDLE", 1, Duration.ofMillis(1)));
    }
}
