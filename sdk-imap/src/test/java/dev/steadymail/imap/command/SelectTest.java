package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.complete;
import static dev.steadymail.imap.command.Dialogue.observe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.UidSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectTest {
    private final List<Reply> changes = new ArrayList<>();

    @Test
    void select_isSent() {
        assertSends("SELECT \"INBOX\"", Select.select("INBOX"));
        assertSends("EXAMINE \"a b\"", Select.examine("a b"));
        assertSends("SELECT \"INBOX\" (CONDSTORE)", Select.select("INBOX").condstore());
        assertSends("SELECT \"INBOX\" (QRESYNC (67 90 1:3,7))", qresync(UidSet.parse("1:3,7")));
        assertSends("SELECT \"INBOX\" (QRESYNC (67 90))", qresync(UidSet.EMPTY));
    }

    @Test
    void tooManyKnownUids_areLeftOut() {
        long[] odd = new long[3_000];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = 2L * i + 1;
        }
        assertSends("SELECT \"INBOX\" (QRESYNC (67 90))", qresync(UidSet.of(odd)));
        assertThrows(
                IllegalArgumentException.class, () -> Select.select("a").qresync(0, 1, UidSet.EMPTY, changes::add));
    }

    @Test
    void answer_isRead() {
        Select select = Select.select("INBOX");
        observe(
                select,
                "* FLAGS (\\Answered \\seen Work)",
                "* OK [PERMANENTFLAGS (\\Seen $Junk \\*)] kept",
                "* 172 EXISTS",
                "* 1 RECENT",
                "* OK [UNSEEN 12] first",
                "* OK [UIDVALIDITY 3857529045] UIDs valid",
                "* OK [UIDNEXT 4392] next",
                "* OK [HIGHESTMODSEQ 715194045007] highest",
                "* OK [MAILBOXID (F22)] id");
        SelectedMailbox mailbox = complete(select, "[READ-WRITE] selected");
        assertEquals(172, mailbox.exists());
        assertEquals(3857529045L, mailbox.uidValidity());
        assertEquals(4392, mailbox.uidNext());
        assertEquals(715194045007L, mailbox.highestModSeq());
        assertEquals("F22", mailbox.mailboxId());
        assertFalse(mailbox.readOnly());
        assertTrue(mailbox.keepsNew() && mailbox.keeps("$new") && mailbox.keeps("\\SEEN"));
        assertFalse(mailbox.keeps("\\Answered"));
        assertEquals("$Junk", mailbox.spelled("$junk"));
        assertEquals("Work", mailbox.spelled("WORK"));
        assertEquals("\\Seen", mailbox.spelled("\\SEEN"));
        assertEquals("other", mailbox.spelled("other"));
    }

    @Test
    void withoutPermanentFlags_allAreKept_withNoneNothingIs() {
        SelectedMailbox silent = answer(Select.select("a"), "* FLAGS (\\Seen)");
        assertTrue(silent.keeps("\\Seen") && silent.keepsNew());
        SelectedMailbox none = answer(Select.select("a"), "* OK [PERMANENTFLAGS ()] none");
        assertFalse(none.keeps("\\Seen") || none.keeps("x") || none.keepsNew());
    }

    @Test
    void whatIsNotTold_orNoNumber_isZero() {
        SelectedMailbox mailbox = answer(
                Select.select("a"),
                "* OK [UIDVALIDITY x] a",
                "* OK [UIDNEXT] b",
                "* OK [NOMODSEQ] c",
                "* NO [UIDNEXT 4] d");
        assertEquals(0, mailbox.uidValidity() + mailbox.uidNext() + mailbox.highestModSeq() + mailbox.exists());
        assertNull(mailbox.mailboxId());
    }

    @Test
    void readOnly_isToldOrAskedFor() {
        assertTrue(complete(Select.select("a"), "[READ-ONLY] selected").readOnly());
        assertTrue(complete(Select.examine("a"), "examined").readOnly());
    }

    /** RFC 7162 section 3.2.11: what comes before CLOSED is about the mailbox that was open before. */
    @Test
    void whatCameBeforeClosed_isForgotten() {
        SelectedMailbox mailbox = answer(
                Select.select("b"),
                "* 9 EXISTS",
                "* OK [UIDVALIDITY 9] old",
                "* VANISHED 4",
                "* OK [CLOSED] old one",
                "* 2 EXISTS",
                "* OK [UIDVALIDITY 3] new");
        assertEquals(2, mailbox.exists());
        assertEquals(3, mailbox.uidValidity());
        assertTrue(mailbox.vanished().isEmpty());
    }

    @Test
    void qresync_tellsWhatChanged() {
        SelectedMailbox mailbox = answer(
                qresync(UidSet.EMPTY),
                "* 100 EXISTS",
                "* VANISHED (EARLIER) 41,43:116",
                "* VANISHED (EARLIER) 42,300",
                "* 49 FETCH (UID 117 FLAGS (\\Seen) MODSEQ (90060115194045001))",
                "* 50 FETCH (FLAGS ())",
                "* 51 FETCH (UID 119 FLAGS (\\Seen",
                "* VANISHED 118");
        assertEquals(List.of("41:116,118,300"), mailbox.vanished().lines());
        assertEquals(99, mailbox.exists());
        assertEquals(1, changes.size());
        assertEquals(List.of(new MessageRef(51, 119)), mailbox.unreadable());
    }

    private Select qresync(UidSet known) {
        return Select.select("INBOX").qresync(67, 90, known, changes::add);
    }
}
