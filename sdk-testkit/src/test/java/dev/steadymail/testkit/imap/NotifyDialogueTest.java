package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** NOTIFY, RFC 5465. A change is read by the client before the next one is made, so that each has a response of its own. */
class NotifyDialogueTest {

    private final ImapTestServer server = Messages.serverWith(ImapCapability.NOTIFY, ImapCapability.QRESYNC);
    private final ImapTestAccount account = server.account(Messages.USER);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void selected_isToldBetweenCommands() throws IOException {
        Messages.fill(server, "INBOX", 3);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play(
                    "C: a NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))\nS: a OK NOTIFY done");
            Messages.append(server, "INBOX", "A: b\n\n", "\\Flagged");
            client.play("S: * 4 EXISTS\nS: * 0 RECENT\nS: * 4 FETCH (UID 4 FLAGS (\\Flagged))");
            account.setFlags("INBOX", 4, List.of());
            client.play("S: * 4 FETCH (FLAGS ())");
            account.expunge("INBOX", 1, 2);
            client.play("S: * 2 EXPUNGE\nS: * 1 EXPUNGE\nC: b FETCH 1 UID\nS: * 1 FETCH (UID 3)\nS: b OK FETCH done");
        }
    }

    /** Sequence numbers stay until a command that may change them (RFC 5465 section 6.2). */
    @Test
    void selectedDelayed_holdsExpungesBack() throws IOException {
        Messages.fill(server, "INBOX", 3);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a NOTIFY SET (selected-delayed (MessageNew MessageExpunge))\nS: a OK NOTIFY done");
            account.expunge("INBOX", 1);
            Messages.fill(server, "INBOX", 1);
            client.play("S: * 4 EXISTS\nS: * 0 RECENT");
            client.play("""
                    C: b FETCH 2 UID
                    S: * 2 FETCH (UID 2)
                    S: b OK FETCH done
                    C: c NOOP
                    S: * 1 EXPUNGE
                    S: c OK ...
                    """);
        }
    }

    /** Other groups do not speak for the selected mailbox (RFC 5465 section 6). */
    @Test
    void selectedMailbox_withoutGroupOfItsOwn_isToldWithCommandsOnly() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a NOTIFY SET (personal (MessageNew MessageExpunge))\nS: a OK NOTIFY done");
            Messages.fill(server, "INBOX", 1);
            Messages.fill(server, "Archive", 1);
            client.play("""
                    S: * STATUS "Archive" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1002 UNSEEN 1)
                    C: b NOOP
                    S: * 1 EXISTS
                    S: * 0 RECENT
                    S: b OK ...
                    """);
        }
    }

    @Test
    void otherMailboxes_areToldByStatus_forTheEventsAskedFor() throws IOException {
        Messages.fill(server, "Archive", 2);
        account.createMailbox("Work/Plans");
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a ENABLE QRESYNC
                    S: * ENABLED QRESYNC
                    S: a OK ...
                    C: b NOTIFY SET (mailboxes (Archive Trash) (MessageNew MessageExpunge FlagChange)) (subtree Work (MessageNew MessageExpunge))
                    S: b OK NOTIFY done
                    """);
            account.setFlags("Archive", 1, List.of("\\Seen"));
            client.play("S: * STATUS \"Archive\" (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 1002 UNSEEN 1 HIGHESTMODSEQ 4)");
            account.expunge("Archive", 2);
            client.play("S: * STATUS \"Archive\" (MESSAGES 1 UIDNEXT 3 UIDVALIDITY 1002 UNSEEN 0 HIGHESTMODSEQ 5)");
            Messages.fill(server, "INBOX", 1);
            Messages.fill(server, "Work/Plans", 1);
            client.play("S: * STATUS \"Work/Plans\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1007 UNSEEN 1 HIGHESTMODSEQ 2)");
            account.setFlags("Work/Plans", 1, List.of("\\Seen"));
            client.play("C: c NOOP\nS: c OK ...");
        }
    }

    @Test
    void setStatus_tellsWhereThingsStand() throws IOException {
        Messages.fill(server, "INBOX", 2);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a NOTIFY SET STATUS (selected (MessageNew MessageExpunge)) (mailboxes (Archive INBOX) (MessageNew MessageExpunge)) (mailboxes Trash (MailboxName))
                    S: * STATUS "Archive" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1002 UNSEEN 0)
                    S: a OK NOTIFY done
                    """);
        }
    }

    @Test
    void mailboxNames_areToldWithTheOldOne() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: a NOTIFY SET (personal (MailboxName))\nS: a OK NOTIFY done");
            account.createMailbox("Entwürfe");
            client.play("S: * LIST () \"/\" \"Entw&APw-rfe\"");
            account.rename("Entwürfe", "Work");
            client.play("S: * LIST () \"/\" \"Work\" (\"OLDNAME\" (\"Entw&APw-rfe\"))");
            Messages.fill(server, "Work", 1);
            account.deleteMailbox("Work");
            client.play("S: * LIST (\\NonExistent) \"/\" \"Work\"\nC: b NOOP\nS: b OK ...");
        }
    }

    @Test
    void idle_pushesOtherMailboxesToo() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play(
                    "C: a NOTIFY SET (inboxes (MessageNew MessageExpunge)) (subscribed (MessageNew MessageExpunge))");
            client.play("S: a OK NOTIFY done\nC: b IDLE\nS: + idling");
            Messages.fill(server, "Sent", 1);
            client.play("S: * STATUS \"Sent\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1005 UNSEEN 1)");
            Messages.fill(server, "INBOX", 1);
            client.play("S: * 1 EXISTS\nS: * 0 RECENT\nC: DONE\nS: b OK IDLE done");
        }
    }

    /** A second SET replaces the first; a group with NONE hides its mailboxes from those after it (RFC 5465 section 3.1). */
    @Test
    void setAgainAndNone_replaceWhatWasAskedFor() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a NOTIFY SET (personal (MessageNew MessageExpunge))
                    S: a OK NOTIFY done
                    C: b NOTIFY SET (mailboxes Junk NONE) (personal (MessageNew MessageExpunge))
                    S: b OK NOTIFY done
                    """);
            Messages.fill(server, "Junk", 1);
            Messages.fill(server, "Trash", 1);
            client.play("""
                    S: * STATUS "Trash" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 1006 UNSEEN 1)
                    C: c NOTIFY NONE
                    S: c OK NOTIFY done
                    """);
            Messages.fill(server, "Trash", 1);
            client.play("C: d NOOP\nS: d OK ...");
        }
    }

    @Test
    void malformedRequests_areBad() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a NOTIFY
                    S: a BAD expected ' ' at octet 8
                    C: b NOTIFY GET
                    S: b BAD NOTIFY takes SET or NONE
                    C: c NOTIFY SET
                    S: c BAD expected ' ' at octet 12
                    C: d NOTIFY SET (personal ())
                    S: d BAD expected a word at octet 24
                    C: e NOTIFY SET (personal (MessageNew))
                    S: e BAD MessageNew and MessageExpunge go together
                    C: f NOTIFY SET (personal (FlagChange))
                    S: f BAD FlagChange needs MessageNew and MessageExpunge
                    C: g NOTIFY SET (personal (MessageNew (UID) MessageExpunge))
                    S: g BAD items can be fetched of the selected mailbox only
                    C: h NOTIFY SET (selected (MailboxName))
                    S: h BAD the selected mailbox has message events only
                    C: i NOTIFY SET (selected NONE) (selected-delayed NONE)
                    S: i BAD the selected mailbox can be named once
                    C: j NOTIFY SET (mailboxes () NONE)
                    S: j BAD the list of mailboxes is empty
                    C: k NOTIFY SET (everything NONE)
                    S: k BAD unknown filter of mailboxes
                    C: l NOTIFY SET (personal (AnnotationChange))
                    S: l NO [BADEVENT (MessageNew MessageExpunge FlagChange MailboxName)] ...
                    C: m NOTIFY NONE STATUS
                    S: m BAD unexpected text at octet 13
                    """);
        }
    }

    @Test
    void withoutCapability_isUnknown() throws IOException {
        try (ImapTestServer plain = Messages.server();
                ImapDialogue client = ImapDialogue.loggedIn(plain)) {
            client.play("C: a NOTIFY NONE\nS: a BAD this server has no such command");
        }
    }
}
