package dev.steadymail.testkit.imap;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ids of mailboxes, emails and threads, RFC 8474. */
class ObjectIdDialogueTest {

    private final ImapTestServer server = Messages.serverWith(ImapCapability.OBJECTID);
    private final ImapTestAccount account = server.account(Messages.USER);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void mailboxId_staysOverRename_andChangesWithUidValidity() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a CREATE Work/
                    S: a OK [MAILBOXID (F1007)] CREATE done
                    C: b RENAME Work Play
                    S: b OK RENAME done
                    C: c STATUS Play (MAILBOXID UIDVALIDITY)
                    S: * STATUS "Play" (MAILBOXID (F1007) UIDVALIDITY 1007)
                    S: c OK STATUS done
                    C: d EXAMINE Play
                    S: * FLAGS ...
                    S: * OK [PERMANENTFLAGS ...
                    S: * 0 EXISTS
                    S: * 0 RECENT
                    S: * OK [UIDVALIDITY 1007] ...
                    S: * OK [UIDNEXT 1] ...
                    S: * OK [MAILBOXID (F1007)] id of the mailbox
                    S: * OK [HIGHESTMODSEQ 1] ...
                    S: d OK [READ-ONLY] ...
                    C: e UNSELECT
                    S: e OK ...
                    """);
            account.resetUidValidity("Play");
            client.play("""
                    C: f LIST "" P* RETURN (STATUS (MAILBOXID))
                    S: * LIST (\\HasNoChildren) "/" "Play"
                    S: * STATUS "Play" (MAILBOXID (F1008))
                    S: f OK LIST done
                    C: g CREATE Play
                    S: g NO [ALREADYEXISTS] the mailbox exists already
                    """);
        }
    }

    /** A mailbox of an old name is another mailbox (RFC 8474 section 4). */
    @Test
    void mailboxId_isNotGivenTwice() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a CREATE Work
                    S: a OK [MAILBOXID (F1007)] CREATE done
                    C: b DELETE Work
                    S: b OK ...
                    C: c CREATE Work
                    S: c OK [MAILBOXID (F1008)] CREATE done
                    C: d RENAME INBOX Old
                    S: d OK ...
                    C: e STATUS INBOX (MAILBOXID)
                    S: * STATUS "INBOX" (MAILBOXID (F1001))
                    S: e OK STATUS done
                    C: f STATUS Old (MAILBOXID)
                    S: * STATUS "Old" (MAILBOXID (F1009))
                    S: f OK STATUS done
                    """);
        }
    }

    @Test
    void emailId_isSharedByCopies_andFollowsAMove() throws IOException {
        Messages.fill(server, "INBOX", 3);
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID COPY 2 INBOX
                    S: * 4 EXISTS
                    S: * 0 RECENT
                    S: a OK [COPYUID 1001 2 4] COPY done
                    C: b UID MOVE 3 Archive
                    S: * OK [COPYUID 1002 3 1] moved
                    S: * 3 EXPUNGE
                    S: b OK MOVE done
                    C: c FETCH 1:* EMAILID
                    S: * 1 FETCH (EMAILID (M1))
                    S: * 2 FETCH (EMAILID (M2))
                    S: * 3 FETCH (EMAILID (M2))
                    S: c OK FETCH done
                    C: d UID SEARCH EMAILID M2
                    S: * SEARCH 2 4
                    S: d OK SEARCH done
                    C: e UID SEARCH EMAILID m2
                    S: * SEARCH
                    S: e OK SEARCH done
                    C: f CLOSE
                    S: f OK ...
                    """);
        }
        try (ImapDialogue client = ImapDialogue.selected(server, "Archive")) {
            client.play("C: a UID FETCH 1 (EMAILID)\nS: * 1 FETCH (UID 1 EMAILID (M3))\nS: a OK FETCH done");
        }
    }

    @Test
    void sameBytesAppendedTwice_areTwoEmails() throws IOException {
        Messages.append(server, "INBOX", "Message-ID: <1@x>\n\na\n");
        Messages.append(server, "INBOX", "Message-ID: <1@x>\n\na\n");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a FETCH 1:2 (EMAILID THREADID)
                    S: * 1 FETCH (EMAILID (M1) THREADID (T1))
                    S: * 2 FETCH (EMAILID (M2) THREADID (T1))
                    S: a OK FETCH done
                    """);
        }
    }

    @Test
    void emailId_outlivesANewUidValidity() throws IOException {
        Messages.fill(server, "INBOX", 2);
        account.expunge("INBOX", 1);
        account.resetUidValidity("INBOX");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a FETCH 1 (UID EMAILID)\nS: * 1 FETCH (UID 1 EMAILID (M2))\nS: a OK FETCH done");
        }
    }

    @Test
    void threadId_followsReplies_acrossMailboxes_andStays() throws IOException {
        Messages.append(server, "INBOX", "Message-ID: <a@x>\nSubject: s\n\n\n");
        Messages.append(server, "INBOX", "Message-ID: <z@x>\nSubject: s\n\n\n");
        Messages.append(server, "Sent", "Message-ID: <b@x>\nIn-Reply-To: <a@x>\n\n\n");
        Messages.append(server, "INBOX", "Message-ID: <c@x>\nReferences: <a@x>\n <b@x>\n\n\n");
        Messages.append(server, "INBOX", "Subject: no id at all\n\n\n");
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("""
                    C: a UID FETCH 3 THREADID
                    S: * 3 FETCH (UID 3 THREADID (T1))
                    S: a OK FETCH done
                    C: b FETCH 1:* (THREADID)
                    S: * 1 FETCH (THREADID (T1))
                    S: * 2 FETCH (THREADID (T2))
                    S: * 3 FETCH (THREADID (T1))
                    S: * 4 FETCH (THREADID (T5))
                    S: b OK FETCH done
                    C: c SEARCH OR THREADID T1 THREADID T5
                    S: * SEARCH 1 3 4
                    S: c OK SEARCH done
                    """);
            // A late answer to two threads joins the first it names and changes neither.
            Messages.append(server, "INBOX", "Message-ID: <d@x>\nReferences: <z@x> <c@x>\n\n\n");
            client.play("""
                    C: d UID FETCH 1:2,5 THREADID
                    S: * 1 FETCH (UID 1 THREADID (T1))
                    S: * 2 FETCH (UID 2 THREADID (T2))
                    S: * 5 EXISTS
                    S: * 0 RECENT
                    S: d OK FETCH done
                    C: e UID FETCH 5 THREADID
                    S: * 5 FETCH (UID 5 THREADID (T2))
                    S: e OK FETCH done
                    """);
        }
    }

    @Test
    void malformedIds_areBad() throws IOException {
        try (ImapDialogue client = ImapDialogue.selected(server, "INBOX")) {
            client.play("C: a SEARCH EMAILID\nS: a BAD expected ' ' at octet 16");
            client.play("C: b SEARCH EMAILID M.1\nS: b BAD an object id is 1 to 255 letters, digits, _ and -");
            client.play("C: c SEARCH THREADID " + "x".repeat(256) + "\nS: c BAD an object id is 1 to 255 ...");
            client.play("C: d SEARCH THREADID \"T1\"\nS: d BAD expected a word at octet 18");
        }
    }

    @Test
    void withoutCapability_nothingOfIt() throws IOException {
        try (ImapTestServer plain = Messages.server();
                ImapDialogue client = ImapDialogue.selected(plain, "INBOX")) {
            client.play("""
                    C: a CREATE Work
                    S: a OK CREATE done
                    C: b STATUS Work (MAILBOXID)
                    S: b BAD this server has no OBJECTID
                    C: c FETCH 1 EMAILID
                    S: c BAD this server has no OBJECTID
                    C: d SEARCH THREADID T1
                    S: d BAD this server has no OBJECTID
                    """);
        }
    }
}
