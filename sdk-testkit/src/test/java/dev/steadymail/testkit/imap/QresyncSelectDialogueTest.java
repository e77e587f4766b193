package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * SELECT and EXAMINE with QRESYNC, RFC 7162 section 3.2.5. The client knows six messages at sequence number 7; since then 2, 3 and 5 were
 * expunged (8 to 10), 4 was flagged (11), and 7 came (12).
 */
class QresyncSelectDialogueTest {

    private final ImapTestServer server = Messages.serverWith(ImapCapability.QRESYNC);
    private final ImapTestAccount account = server.account(Messages.USER);

    @BeforeEach
    void changeInbox() {
        Messages.fill(server, "INBOX", 6);
        account.expunge("INBOX", 2, 3, 5);
        account.setFlags("INBOX", 4, List.of("\\Flagged"));
        Messages.fill(server, "INBOX", 1);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private ImapDialogue enabled() throws IOException {
        return ImapDialogue.loggedIn(server).play("C: q ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: q OK ENABLE done");
    }

    /** Opens INBOX with a parameter and expects these lines after the description of the mailbox. */
    private void resync(String parameter, String news) throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("C: s SELECT INBOX (QRESYNC (" + parameter + "))")
                    .play("""
                    S: * FLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen)
                    S: * OK [PERMANENTFLAGS ...
                    S: * 4 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN 1] first unseen
                    S: * OK [UIDVALIDITY 1001] UIDs are valid
                    S: * OK [UIDNEXT 8] next UID
                    S: * OK [HIGHESTMODSEQ 12] highest
                    """)
                    .play(news)
                    .play("S: s OK [READ-WRITE] mailbox selected");
        }
    }

    @Test
    void resync_tellsVanishedThenChangedThenNew() throws IOException {
        resync("1001 7", """
                S: * VANISHED (EARLIER) 2:3,5
                S: * 2 FETCH (UID 4 FLAGS (\\Flagged) MODSEQ (11))
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
    }

    @Test
    void resync_tellsOnlyWhatCameLater() throws IOException {
        resync("1001 9", """
                S: * VANISHED (EARLIER) 5
                S: * 2 FETCH (UID 4 FLAGS (\\Flagged) MODSEQ (11))
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
        resync("1001 11", "S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))");
        resync("1001 12", "");
        resync("1001 99", "");
    }

    @Test
    void resync_withKnownUids_tellsOnlyOfThose() throws IOException {
        resync("1001 7 3:6", """
                S: * VANISHED (EARLIER) 3,5
                S: * 2 FETCH (UID 4 FLAGS (\\Flagged) MODSEQ (11))
                """);
        resync("1001 7 1,6,99", "");
    }

    /** All is as without the parameter (RFC 7162 section 3.2.5.1). */
    @Test
    void resync_withOtherUidValidity_tellsNothing() throws IOException {
        resync("1000 7 1:6", "");
    }

    /** The server then counts every UID not in use as vanished (RFC 7162 section 3.2.5.1). */
    @Test
    void resync_afterTheServerForgot_tellsEveryUnusedUid() throws IOException {
        account.forgetExpunges("INBOX");
        resync("1001 11", """
                S: * VANISHED (EARLIER) 2:3,5
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
        resync("1001 11 4:5,8:9", "S: * VANISHED (EARLIER) 5");
        resync("1001 12", "");
    }

    /** Samples that still fit spare the client what it knew long before (RFC 7162 section 3.2.5.2). */
    @Test
    void resync_withMatchData_tellsOnlyAfterTheLastSampleThatFits() throws IOException {
        account.forgetExpunges("INBOX");
        resync("1001 11 1:7 (1,2 1,4)", """
                S: * VANISHED (EARLIER) 5
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
        resync("1001 11 (1:3 1:3)", """
                S: * VANISHED (EARLIER) 2:3,5
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
        resync("1001 11 (1:4294967295 1:4294967295)", """
                S: * VANISHED (EARLIER) 2:3,5
                S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                """);
    }

    @Test
    void examine_takesBothParameters() throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("""
                    C: a EXAMINE INBOX (CONDSTORE QRESYNC (1001 11))
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ()] ...
                    S: * 4 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN ...
                    S: * OK [UIDVALIDITY ...
                    S: * OK [UIDNEXT ...
                    S: * OK [HIGHESTMODSEQ ...
                    S: * 4 FETCH (UID 7 FLAGS () MODSEQ (12))
                    S: a OK [READ-ONLY] mailbox selected
                    """);
        }
    }

    /** CLOSED parts the responses of two mailboxes; CLOSE and UNSELECT need none (RFC 7162 section 3.2.11). */
    @Test
    void selectOfAnother_tellsThatTheFirstIsClosed() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "Trash")) {
            client.play("""
                    C: a SELECT Nowhere
                    S: * OK [CLOSED] the mailbox selected before is closed
                    S: a NO [NONEXISTENT] there is no such mailbox
                    C: b EXAMINE Trash
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ()] ...
                    S: * 0 EXISTS
                    S: * 0 RECENT
                    S: * OK [UIDVALIDITY ...
                    S: * OK [UIDNEXT ...
                    S: * OK [HIGHESTMODSEQ ...
                    S: b OK ...
                    C: c EXAMINE Junk
                    S: * OK [CLOSED] the mailbox selected before is closed
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ()] ...
                    S: * 0 EXISTS
                    S: * 0 RECENT
                    S: * OK [UIDVALIDITY ...
                    S: * OK [UIDNEXT ...
                    S: * OK [HIGHESTMODSEQ ...
                    S: c OK ...
                    C: d CLOSE
                    S: d OK mailbox closed
                    """);
        }
    }

    @Test
    void qresyncBeforeEnable_isBad_andKeepsTheMailbox() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a SELECT Trash (QRESYNC (1006 1))
                    S: a BAD QRESYNC needs ENABLE QRESYNC first
                    C: b ENABLE CONDSTORE
                    S: * OK [HIGHESTMODSEQ 12] modification sequences are on
                    S: * ENABLED CONDSTORE
                    S: b OK ENABLE done
                    C: c SELECT Trash (QRESYNC (1006 1))
                    S: c BAD QRESYNC needs ENABLE QRESYNC first
                    C: d FETCH 1 UID
                    S: * 1 FETCH (UID 1)
                    S: d OK FETCH done
                    """);
        }
    }

    @Test
    void malformedParameters_areBad() throws IOException {
        try (ImapDialogue client = enabled()) {
            client.play("""
                    C: a SELECT INBOX ()
                    S: a BAD no such parameter of SELECT
                    C: b SELECT INBOX (QRESYNC)
                    S: b BAD expected ' ' at octet 23
                    C: c SELECT INBOX (QRESYNC (1001))
                    S: c BAD expected ' ' at octet 29
                    C: d SELECT INBOX (QRESYNC (1001 0))
                    S: d BAD expected a number above 0 ...
                    C: e SELECT INBOX (QRESYNC (0 7))
                    S: e BAD expected a number above 0 ...
                    C: f SELECT INBOX (QRESYNC (1001 7 1:*))
                    S: f BAD * is not allowed in this set
                    C: g SELECT INBOX (QRESYNC (1001 7 1:6 (1,2 1)))
                    S: g BAD each sequence number of the match data needs its UID
                    C: h SELECT INBOX (QRESYNC (1001 7 (* 1)))
                    S: h BAD * is not allowed in this set
                    C: i SELECT INBOX (QRESYNC (1001 7 1:6)
                    S: i BAD expected ')' at octet 36
                    C: j SELECT INBOX (QRESYNC (1001 7 1:6 1:6))
                    S: j BAD expected '(' at octet 36
                    C: k SELECT INBOX (QRESYNC 1001 7)
                    S: k BAD expected '(' at octet 24
                    """);
        }
    }
}
