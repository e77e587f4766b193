package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.command.ListMailboxes.Listing;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListMailboxesTest {
    private static final Set<StatusItem> USUAL = StatusItem.ofChange(Set.of("CONDSTORE"));

    @Test
    void listing_isAskedFor_asTheServerCan() {
        assertSends("LIST \"\" \"*\"", ListMailboxes.plain());
        assertSends("XLIST \"\" \"*\"", ListMailboxes.xlist());
        assertSends("LIST \"\" \"*\"", ListMailboxes.extended(false, Set.of()));
        assertSends(
                "LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))",
                ListMailboxes.extended(true, USUAL));
    }

    @Test
    void listing_fitsTheCapabilities() {
        assertSends("LIST \"\" \"*\"", ListMailboxes.fitting(Set.of("SPECIAL-USE", "XLIST"), USUAL));
        assertSends("XLIST \"\" \"*\"", ListMailboxes.fitting(Set.of("XLIST", "LIST-EXTENDED"), USUAL));
        assertSends(
                "LIST \"\" \"*\" RETURN (SPECIAL-USE)",
                ListMailboxes.fitting(Set.of("SPECIAL-USE", "LIST-EXTENDED"), USUAL));
        assertTrue(ListMailboxes.fitting(Set.of("LIST-STATUS", "LIST-EXTENDED"), USUAL)
                .tellsCounters());
        assertFalse(ListMailboxes.fitting(Set.of("LIST-STATUS"), USUAL).tellsCounters());
    }

    @Test
    void mailboxes_areReadWithCounters_inOrder() {
        Listing listing = answer(
                ListMailboxes.extended(true, USUAL),
                "* LIST (\\HasNoChildren) \"/\" inbox",
                "* STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 HIGHESTMODSEQ 12 X 1)",
                "* LIST (\\NoSelect) NIL {3}\r\na b",
                "* LIST (\\Sent) \"/\" \"Gel\u00c3\u00b6scht\"",
                "* STATUS unlisted (MESSAGES 1)",
                "* 4 EXISTS");
        ListedMailbox inbox = listing.mailboxes().get(0);
        assertEquals("INBOX", inbox.name());
        assertEquals(new MailboxCounters(7, 9, 3, -1, 12, -1, null), inbox.counters());
        assertEquals(
                new ListedMailbox("a b", null, Set.of("\\noselect"), null),
                listing.mailboxes().get(1));
        assertFalse(listing.mailboxes().get(1).isSelectable());
        // A character for each octet, so that it can be sent as it came.
        assertEquals("Gel\u00c3\u00b6scht", listing.mailboxes().get(2).name());
        assertEquals(3, listing.mailboxes().size());
        assertEquals(0, listing.unreadable());
    }

    @Test
    void xlist_marksTheInbox() {
        Listing listing = answer(ListMailboxes.xlist(), "* XLIST (\\HasNoChildren \\Inbox) \"/\" \"Posteingang\"");
        assertEquals("INBOX", listing.mailboxes().get(0).name());
    }

    @Test
    void entriesThatCannotBeRead_areCounted_andTheRestIsThere() {
        Listing listing = answer(
                ListMailboxes.plain(),
                "* LIST (\\A",
                "* LIST () \"/\" a",
                "* LIST () \"/\" \"\"",
                "* LIST () \"/\" " + "n".repeat(2_001),
                "* LIST () \"/\" b rest");
        assertEquals(
                List.of("a"),
                listing.mailboxes().stream().map(ListedMailbox::name).toList());
        assertEquals(2, listing.unreadable());
    }

    @Test
    void status_isSentAndRead() {
        Status status = new Status("a b", EnumSet.allOf(StatusItem.class));
        assertSends("STATUS \"a b\" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ SIZE MAILBOXID)", status);
        MailboxCounters counters = answer(
                status,
                "* STATUS other (MESSAGES 1)",
                "* STATUS {3}\r\na b (MESSAGES 2 UIDNEXT 5 UIDVALIDITY 6 UNSEEN 1 HIGHESTMODSEQ 44 SIZE 999 MAILBOXID (F1))");
        assertEquals(new MailboxCounters(6, 5, 2, 1, 44, 999, "F1"), counters);
    }

    @Test
    void status_whatIsNoNumber_isNotTold() {
        MailboxCounters counters = answer(
                new Status("INBOX", USUAL), "* STATUS inbox (MESSAGES -1 UIDNEXT x UIDVALIDITY 9999999999999999999)");
        assertEquals(new MailboxCounters(0, 0, -1, -1, 0, -1, null), counters);
    }

    @Test
    void status_ofNothing_isAnError() {
        assertThrows(NoAnswerException.class, () -> answer(new Status("a", USUAL), "* STATUS b (MESSAGES 1)"));
        assertThrows(IllegalArgumentException.class, () -> new Status("a", Set.of()).command());
    }

    @Test
    void namesBeyondAscii_areLiterals() {
        Status status = new Status("\u00c3\u00b6", Set.of(StatusItem.MESSAGES));
        assertEquals("A1 STATUS {2}\r\n<go>\u00c3\u00b6 (MESSAGES)\r\n", sent(Dialogue.PLAIN, status));
        assertEquals("A1 STATUS {2+}\r\n\u00c3\u00b6 (MESSAGES)\r\n", sent(Dialogue.PLUS, status));
    }
}
