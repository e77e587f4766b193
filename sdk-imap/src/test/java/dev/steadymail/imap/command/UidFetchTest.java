package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.observe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.UidFetch.Fetched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidFetchTest {
    private final List<Reply> replies = new ArrayList<>();

    @Test
    void fetch_isSent() {
        assertSends("UID FETCH 1:3,7 (UID FLAGS)", fetch("1:3,7", "UID FLAGS"));
        assertSends(
                "UID FETCH 5:* (UID FLAGS) (CHANGEDSINCE 12)",
                fetch("5:*", "UID FLAGS").changedSince(12, false));
        assertSends(
                "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12 VANISHED)",
                fetch("1:*", "FLAGS").changedSince(12, true));
        assertSends(
                "UID FETCH 1 (UID BODY.PEEK[HEADER.FIELDS (DATE List-Id)]<0.100>)",
                fetch("1", "UID BODY.PEEK[HEADER.FIELDS (DATE List-Id)]<0.100>"));
        Command roomy = fetch("1", "FLAGS").roomForEach(77).command();
        assertEquals(77, roomy.room());
        assertTrue(roomy.isRoomForEach());
        assertFalse(fetch("1", "FLAGS").command().isRoomForEach());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FLAGS)", "(FLAGS", "BODY[", "BODY[(])", "A\r\nB", "\"x\"", "{3}", "a*", "\\Seen"})
    void items_thatAreNone_areRefused(String items) {
        assertThrows(IllegalArgumentException.class, () -> fetch("1", items).command());
    }

    @Test
    void replies_areHandedOn_withTheirContent() {
        Fetched fetched = answer(
                fetch("1:*", "UID BODY[]"),
                "* 1 FETCH (UID 4 BODY[] {2}\r\nhi)",
                "* 9 FETCH (FLAGS (\\Seen))",
                "* 2 FETCH (UID 6 BODY[] NIL)",
                "* 3 EXISTS");
        assertEquals(2, replies.size());
        assertEquals("hi", new String(replies.get(0).contents().get("BODY[]"), StandardCharsets.US_ASCII));
        assertEquals(
                6, ((Response.Fetch) replies.get(1).response()).data().message().uid());
        assertEquals(List.of("4,6"), fetched.answered().lines());
        assertTrue(fetched.isComplete());
    }

    @Test
    void unreadableReplies_areNamed() {
        UidFetch fetch = fetch("1:*", "UID");
        observe(fetch, "* 1 FETCH (UID 4 FLAGS (", "* 2 FETCH (", "* GARBAGE ((", "* 3 FETCH (UID 5)");
        assertEquals(
                List.of(new MessageRef(1, 4), new MessageRef(2, 0)),
                fetch.soFar().unreadable());
        assertFalse(fetch.soFar().isComplete());
        assertEquals(1, replies.size());
    }

    @Test
    void vanished_isGathered() {
        Fetched fetched = answer(
                fetch("1:*", "UID").changedSince(1, true), "* VANISHED (EARLIER) 1:5", "* VANISHED (EARLIER) 7,6");
        assertEquals(List.of("1:7"), fetched.vanished().lines());
    }

    @Test
    void manyAnswers_areKept() {
        UidFetch fetch = fetch("1:*", "UID");
        for (int uid = 1; uid <= 100; uid++) {
            observe(fetch, "* " + uid + " FETCH (UID " + 3 * uid + ")");
        }
        assertEquals(100, fetch.soFar().answered().size());
        assertTrue(fetch.soFar().answered().contains(300));
        assertEquals(UidSet.EMPTY.lines(), fetch.soFar().vanished().lines());
    }

    private UidFetch fetch(String uids, String items) {
        return UidFetch.of(uids, items, replies::add);
    }
}
