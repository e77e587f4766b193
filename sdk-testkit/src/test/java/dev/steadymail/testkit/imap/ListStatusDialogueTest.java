package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code LIST ... RETURN (STATUS (...))}, RFC 5819. */
class ListStatusDialogueTest {

    private ImapTestServer server = Messages.server();

    @AfterEach
    void closeServer() {
        server.close();
    }

    /** A level that is no mailbox has no STATUS (RFC 5819 section 2). */
    @Test
    void status_followsEachMailboxThatCanBeSelected() throws IOException {
        server.account(Messages.USER).createMailbox("Work/Plans");
        Messages.fill(server, "Work/Plans", 2);
        server.account(Messages.USER).setFlags("Work/Plans", 1, List.of("\\Seen"));
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a LIST "" (S* Work*) RETURN (STATUS (MESSAGES UNSEEN SIZE) SPECIAL-USE)
                    S: * LIST (\\HasNoChildren \\Sent) "/" "Sent"
                    S: * STATUS "Sent" (MESSAGES 0 UNSEEN 0 SIZE 0)
                    S: * LIST (\\Noselect \\HasChildren) "/" "Work"
                    S: * LIST (\\HasNoChildren) "/" "Work/Plans"
                    S: * STATUS "Work/Plans" (MESSAGES 2 UNSEEN 1 SIZE 46)
                    S: a OK LIST done
                    C: b LIST (SUBSCRIBED) "" Work/% RETURN (STATUS (UIDNEXT HIGHESTMODSEQ))
                    S: * LIST (\\HasNoChildren \\Subscribed) "/" "Work/Plans"
                    S: * STATUS "Work/Plans" (UIDNEXT 3 HIGHESTMODSEQ 4)
                    S: b OK LIST done
                    C: c LIST "" Nowhere RETURN (STATUS (MESSAGES))
                    S: c OK LIST done
                    """);
        }
    }

    @Test
    void malformedStatus_isBad() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a LIST "" * RETURN (STATUS)
                    S: a BAD expected ' ' at octet 26
                    C: b LIST "" * RETURN (STATUS ())
                    S: b BAD the list of status items is empty
                    C: c LIST "" * RETURN (STATUS (MESSAGES NONSENSE))
                    S: c BAD unknown status item
                    C: d LIST "" * RETURN (STATUS (MESSAGES)
                    S: d BAD expected ')' at octet 37
                    C: e LIST "" * RETURN STATUS (MESSAGES)
                    S: e BAD expected '(' at octet 19
                    C: f LIST "" () RETURN (STATUS (MESSAGES))
                    S: f BAD the list of patterns is empty
                    C: g LIST (STATUS) "" *
                    S: g BAD unknown LIST option
                    C: h LIST "" * RETURN (STATUS (MESSAGES) STATUS (UNSEEN))
                    S: h BAD STATUS can be asked for once
                    """);
        }
    }

    @Test
    void withoutCapability_isBad() throws IOException {
        server.close();
        server = Messages.server(ImapCapability.LIST_STATUS);
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a LIST "" * RETURN (STATUS (MESSAGES))
                    S: a BAD this server has no LIST-STATUS
                    C: b LIST "" I* RETURN (CHILDREN)
                    S: * LIST (\\HasNoChildren) "/" "INBOX"
                    S: b OK LIST done
                    """);
        }
    }
}
