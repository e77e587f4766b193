package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.Idle.News;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IDLE and NOTIFY. */
class NewsCommandsTest {
    @Test
    void idle_isSent_andHandsOnWhatArrives() {
        List<Reply> told = new ArrayList<>();
        assertSends("IDLE", new Idle(told::add));
        assertEquals(
                "done",
                answer(new Idle(told::add), "* 3 EXISTS", "* OK Still here").text());
        assertEquals(2, told.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* 3 EXISTS|COUNT",
                "* 3 EXPUNGE|GONE",
                "* VANISHED 3|GONE",
                "* 3 FETCH (FLAGS ())|MESSAGE",
                "* STATUS a (MESSAGES 1)|MAILBOX",
                "* LIST () NIL a|MAILBOX",
                "* OK [NOTIFICATIONOVERFLOW] x|OVERFLOW",
                "* BYE x|FAREWELL",
                "* 3 FETCH (|UNREADABLE",
                "* OK Still here|NONE",
                "* 1 RECENT|NONE",
                "+ idling|NONE"
            })
    void response_means(String line, News expected) {
        assertEquals(expected, News.of(Dialogue.replies(line).get(0).response()));
    }

    /** RFC 5465 section 8. */
    @Test
    void notify_isSent() {
        assertSends("NOTIFY NONE", Notify.none());
        assertSends(
                "NOTIFY SET STATUS (selected-delayed (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
                        + " (personal (MessageNew MessageExpunge))",
                Notify.messages("UID FLAGS", true, false));
        assertSends(
                "NOTIFY SET (selected-delayed (MessageNew MessageExpunge FlagChange))"
                        + " (personal (MessageNew MessageExpunge MailboxName))",
                Notify.messages("", false, true));
        assertThrows(IllegalArgumentException.class, () -> Notify.messages("UID) (", true, true));
    }

    @Test
    void notify_tellsTheCounters() {
        List<Response.MailboxStatus> counters = answer(
                Notify.messages("UID", true, false), "* STATUS a (MESSAGES 1)", "* STATUS b (UIDNEXT 4)", "* 2 EXISTS");
        assertEquals(
                List.of("a", "b"),
                counters.stream().map(Response.MailboxStatus::name).toList());
    }
}
