package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.complete;
import static dev.steadymail.imap.command.Dialogue.observe;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** STORE, COPY, MOVE and EXPUNGE. */
class UidChangesTest {
    private static final List<String> SEEN = List.of("\\Seen");

    @Test
    void store_isSent() {
        assertSends("UID STORE 1:3 +FLAGS.SILENT (\\Seen $a)", UidStore.add("1:3", List.of("\\Seen", "$a")));
        assertSends("UID STORE 1 -FLAGS.SILENT (\\Seen)", UidStore.remove("1", SEEN));
        assertSends("UID STORE 1 FLAGS.SILENT ()", UidStore.replace("1", List.of()));
        assertSends("UID STORE 1 +FLAGS (\\Seen)", UidStore.add("1", SEEN).telling(reply -> {}));
        assertSends(
                "UID STORE 7,5 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\\Deleted)",
                UidStore.add("7,5", List.of("\\Deleted")).unchangedSince(320162338));
        assertThrows(
                IllegalArgumentException.class,
                () -> UidStore.add("1", List.of("a) x")).command());
    }

    @Test
    void store_tellsWhatWasLeftAlone() {
        assertTrue(
                answer(UidStore.add("1", SEEN), "* 1 FETCH (UID 1 MODSEQ (3))").isEmpty());
        assertEquals(
                List.of("7,9:11"),
                complete(UidStore.add("1:20", SEEN), "[MODIFIED 7,9:11] some").lines());
        List<UidSet> refused = new ArrayList<>();
        Dialogue.replies("* NO [MODIFIED 2] gone").forEach(reply -> {
            refused.add(UidStore.modified(((Response.Untagged) reply.response()).said()));
        });
        assertEquals(List.of("2"), refused.get(0).lines());
    }

    @Test
    void store_handsOnTheFlags() {
        List<Reply> told = new ArrayList<>();
        observe(
                UidStore.add("1:2", SEEN).telling(told::add),
                "* 1 FETCH (UID 1 FLAGS (\\Seen))",
                "* 2 FETCH (FLAGS (\\Seen))");
        assertEquals(1, told.size());
    }

    @Test
    void copyAndMove_areSent() {
        assertSends("UID COPY 1:3 \"a b\"", new UidCopy("1:3", "a b"));
        assertSends("UID MOVE 1:3 \"a b\"", new UidMove("1:3", "a b"));
        assertEquals(
                "A1 UID MOVE 1 {2}\r\n<go>\u00c3\u00b6\r\n", sent(Dialogue.PLAIN, new UidMove("1", "\u00c3\u00b6")));
        assertEquals("A1 UID MOVE 1 {2+}\r\n\u00c3\u00b6\r\n", sent(Dialogue.MINUS, new UidMove("1", "\u00c3\u00b6")));
    }

    @Test
    void copy_tellsUids_inTheOrderStated() {
        Copied copied = complete(new UidCopy("304,319:320", "a"), "[COPYUID 38505 304,319:320 3958:3956] done");
        assertEquals(new Copied(38505, Map.of(304L, 3958L, 319L, 3957L, 320L, 3956L)), copied);
    }

    @Test
    void move_tellsUids_beforeItCompletes() {
        UidMove move = new UidMove("1:4", "a");
        observe(
                move,
                "* OK [COPYUID 5 1:2 11:12] moved",
                "* 1 EXPUNGE",
                "* OK [COPYUID 5 3 13] moved",
                "* OK [COPYUID 6 4 14] of another time");
        assertEquals(Map.of(1L, 11L, 2L, 12L, 3L, 13L), move.soFar().uids());
        assertEquals(3, complete(move, "done").uids().size());
    }

    @Test
    void copyUid_thatDoesNotFit_isNotTold() {
        for (String said : List.of(
                "done",
                "[COPYUID 5 1:2 3] x",
                "[COPYUID 5 1] x",
                "[COPYUID 0 1 2] x",
                "[COPYUID x 1 2] x",
                "[COPYUID 5 a b] x",
                "[COPYUID 5 1:4294967295 1:4294967295] x",
                "[COPYUID 5 1:100001 1:100001] x")) {
            assertEquals(new Copied(0, Map.of()), complete(new UidCopy("1", "a"), said), said);
        }
        assertEquals(
                100_000,
                complete(new UidCopy("1", "a"), "[COPYUID 5 1:100000 1:100000] x")
                        .uids()
                        .size());
    }

    @Test
    void expunge_isSent() {
        assertSends("UID EXPUNGE 3:5", new UidExpunge("3:5"));
        assertEquals("done", answer(new UidExpunge("3"), "* 1 EXPUNGE").text());
    }
}
