package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxDialogueTest {

    private final ImapTestServer server = Messages.server();
    private final ImapTestAccount account = server.account(Messages.USER);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void list_tellsLevelsAttributesAndStatus() throws IOException {
        account.createMailbox("Work/Projects");
        account.createMailbox("Entwürfe & mehr", SpecialUse.FLAGGED);
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a LIST "" %
                    S: * LIST (\\HasNoChildren \\Archive) "/" "Archive"
                    S: * LIST (\\HasNoChildren \\Drafts) "/" "Drafts"
                    S: * LIST (\\HasNoChildren \\Flagged) "/" "Entw&APw-rfe &- mehr"
                    S: * LIST (\\HasNoChildren) "/" "INBOX"
                    S: * LIST (\\HasNoChildren \\Junk) "/" "Junk"
                    S: * LIST (\\HasNoChildren \\Sent) "/" "Sent"
                    S: * LIST (\\HasNoChildren \\Trash) "/" "Trash"
                    S: * LIST (\\Noselect \\HasChildren) "/" "Work"
                    S: a OK LIST done
                    C: b LIST "" "W*"
                    S: * LIST (\\Noselect \\HasChildren) "/" "Work"
                    S: * LIST (\\HasNoChildren) "/" "Work/Projects"
                    S: b OK LIST done
                    C: c LIST "" ""
                    S: * LIST (\\Noselect) "/" ""
                    S: c OK LIST done
                    C: d LIST (SPECIAL-USE) "" (A% Work/% inbox) RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT))
                    S: * LIST (\\HasNoChildren \\Archive \\Subscribed) "/" "Archive"
                    S: * STATUS "Archive" (MESSAGES 0 UIDNEXT 1)
                    S: d OK LIST done
                    C: e LIST Work/ %
                    S: * LIST (\\HasNoChildren) "/" "Work/Projects"
                    S: e OK LIST done
                    """);
        }
    }

    @Test
    void createRenameDelete_keepUids() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a CREATE Entw&APw-rfe/Neu
                    S: a OK CREATE done
                    C: b CREATE Entw&APw-rfe/Neu
                    S: b NO [ALREADYEXISTS] the mailbox exists already
                    C: c CREATE bad&name
                    S: c BAD mailbox names are in modified UTF-7 (RFC 3501 section 5.1.3)
                    C: d CREATE Sp&AGE-
                    S: d BAD mailbox names are in modified UTF-7 (RFC 3501 section 5.1.3)
                    """);
            long uidValidity = account.uidValidity("Entwürfe/Neu");
            Messages.fill(server, "Entwürfe/Neu", 2);
            client.play("""
                    C: e RENAME Entw&APw-rfe "&ZeVnLIqe-"
                    S: e OK RENAME done
                    C: f DELETE Entw&APw-rfe/Neu
                    S: f NO [NONEXISTENT] there is no such mailbox
                    """);
            assertEquals(uidValidity, account.uidValidity("日本語/Neu"));
            assertEquals(List.of(1L, 2L), uids("日本語/Neu"));
            client.play("C: g DELETE &ZeVnLIqe-/Neu\nS: g OK ...\nC: h DELETE INBOX\nS: h NO [CANNOT] ...");
        }
        assertThrows(IllegalArgumentException.class, () -> account.messages("日本語/Neu"));
    }

    @Test
    void renameInbox_movesItsMessages() throws IOException {
        Messages.fill(server, "INBOX", 2);
        ImapDialogue.loggedIn(server)
                .play("C: a RENAME inbox Old\nS: a OK RENAME done")
                .close();
        assertEquals(2, account.messages("Old").size());
        assertEquals(List.of(), account.messages("INBOX"));
    }

    @Test
    void subscriptions_areListed() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a UNSUBSCRIBE Junk
                    S: a OK done
                    C: b CREATE Jobs
                    S: b OK CREATE done
                    C: c SUBSCRIBE Jobs
                    S: c OK done
                    C: d LSUB "" J*
                    S: * LSUB () "/" "Jobs"
                    S: d OK LSUB done
                    C: e LIST (SUBSCRIBED) "" J*
                    S: * LIST (\\HasNoChildren \\Subscribed) "/" "Jobs"
                    S: e OK LIST done
                    """);
        }
    }

    @Test
    void status_countsAll() throws IOException {
        Messages.append(server, "INBOX", "Subject: a\n\nx\n", "\\Seen");
        Messages.append(server, "INBOX", "Subject: b\n\nyy\n");
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ SIZE)
                    S: * STATUS "INBOX" (MESSAGES 2 RECENT 0 UIDNEXT 3 UIDVALIDITY 1001 UNSEEN 1 HIGHESTMODSEQ 3 SIZE 35)
                    S: a OK STATUS done
                    C: b STATUS Nowhere (MESSAGES)
                    S: b NO [NONEXISTENT] there is no such mailbox
                    """);
        }
    }

    @Test
    void selectAndExamine_describeTheMailbox() throws IOException {
        Messages.append(server, "INBOX", "Subject: a\n\nx\n", "\\Seen", "$Label1");
        Messages.append(server, "INBOX", "Subject: b\n\nyy\n");
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a EXAMINE INBOX (CONDSTORE)
                    S: * FLAGS ($Label1 \\Answered \\Deleted \\Draft \\Flagged \\Seen)
                    S: * OK [PERMANENTFLAGS ()] flags that last
                    S: * 2 EXISTS
                    S: * 0 RECENT
                    S: * OK [UNSEEN 2] first unseen
                    S: * OK [UIDVALIDITY 1001] UIDs are valid
                    S: * OK [UIDNEXT 3] next UID
                    S: * OK [HIGHESTMODSEQ 3] highest
                    S: a OK [READ-ONLY] mailbox selected
                    C: b STORE 1 +FLAGS (\\Deleted)
                    S: b NO [READ-ONLY] the mailbox was opened with EXAMINE
                    C: c EXPUNGE
                    S: c NO [READ-ONLY] the mailbox was opened with EXAMINE
                    C: d SELECT Nowhere
                    S: d NO [NONEXISTENT] there is no such mailbox
                    C: e FETCH 1 FLAGS
                    S: e BAD the command is not allowed in this state
                    """);
        }
    }

    @Test
    void append_keepsBytesFlagsAndDate() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a APPEND INBOX (\\seen Work) " 5-Mar-2024 08:09:10 +0100" {6}
                    S: + go ahead
                    C: A: b
                    C:\s
                    S: * 1 EXISTS
                    S: * 0 RECENT
                    S: a OK [APPENDUID 1001 1] APPEND done
                    C: b APPEND Nowhere {3+}
                    C: x
                    C:\s
                    S: b NO [TRYCREATE] there is no such mailbox
                    C: c APPEND INBOX "not a literal"
                    S: c BAD ...
                    """);
        }
        ImapTestMessage message = account.messages("INBOX").get(0);
        assertArrayEquals(Messages.crlf("A: b\n"), message.bytes());
        assertEquals(Set.of("\\Seen", "Work"), message.flags());
        assertEquals(Messages.DATE, message.internalDate());
    }

    @Test
    void resetUidValidity_endsSessionsInTheMailbox() throws IOException {
        Messages.fill(server, "INBOX", 2);
        account.expunge("INBOX", 1);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            long renewed = account.resetUidValidity("INBOX");
            assertEquals(account.uidValidity("INBOX"), renewed);
            assertEquals(List.of(1L), uids("INBOX"));
            client.play("C: a NOOP\nS: * BYE the selected mailbox was deleted or recreated\nS: <end>");
        }
    }

    @Test
    void directAccess_namesWhatIsMissing() {
        assertThrows(IllegalArgumentException.class, () -> server.account("nobody"));
        assertThrows(IllegalArgumentException.class, () -> account.setFlags("INBOX", 9, List.of()));
        assertThrows(IllegalArgumentException.class, () -> account.createMailbox("a//b"));
        assertThrows(IllegalArgumentException.class, () -> account.createMailbox("inbox"));
    }

    private List<Long> uids(String mailbox) {
        return account.messages(mailbox).stream().map(ImapTestMessage::uid).toList();
    }
}
