package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.command.Select;
import dev.steadymail.imap.command.SelectedMailbox;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedStateTest {
    private final WatchedState state = new WatchedState();

    @Test
    void firstNews_mayBeAnywhere() {
        assertTrue(state.hasNews());
        assertEquals(Set.of(), state.takeNews());
        assertFalse(state.hasNews());
    }

    @ParameterizedTest
    @CsvSource({
        "7 10 5 100, 7 10 5 100, false",
        "7 10 5 100, 8 10 5 100, true",
        "7 10 5 100, 7 11 5 100, true",
        "7 10 5 100, 7 10 4 100, true",
        "7 10 5 100, 7 10 5 101, true",
        "7 0 5 0, 7 0 5 0, false",
        "7 0 5 0, 7 10 5 100, false",
        "7 10 5 100, 7 0 5 0, false",
        "7 0 5 0, 7 0 0 0, true"
    })
    void numbersThatDiffer_areNews_butForThoseNotTold(String before, String after, boolean news) {
        var unused = state.takeNews();
        state.see(selected(before));
        assertFalse(state.hasNews());
        state.see(selected(after));
        assertEquals(news, state.hasNews());
        assertEquals(news ? Set.of("INBOX") : Set.of(), state.takeNews());
        state.see(selected(after));
        assertFalse(state.hasNews());
    }

    @Test
    void whatIsNotTold_standsAsItWas() {
        var unused = state.takeNews();
        state.see(selected("7 10 5 100"));
        state.see("INBOX", new MailboxCounters(0, 0, -1, -1, 0, -1, null));
        assertFalse(state.hasNews());
        state.see(selected("7 10 5 101"));
        assertTrue(state.hasNews());
    }

    @Test
    void whatWasForgotten_isNewsAnywhere_andNoComparison() {
        state.see(selected("7 10 5 100"));
        state.forget();
        state.see(selected("7 99 9 999"));
        assertEquals(Set.of(), state.takeNews());
        assertFalse(state.hasNews());
    }

    @Test
    void whatIsTold_isNews_untilTaken() {
        var first = state.takeNews();
        state.told(Set.of("Archive"));
        state.told(Set.of("INBOX"));
        assertEquals(Set.of("Archive", "INBOX"), state.takeNews());
        assertEquals(Set.of(), first);
        assertFalse(state.hasNews());
    }

    private static SelectedMailbox selected(String numbers) {
        String[] each = numbers.split(" ");
        Select select = Select.examine("INBOX");
        select.observe(Reply.of(new Response.Exists(Long.parseLong(each[2]))));
        tell(select, "UIDVALIDITY", each[0]);
        tell(select, "UIDNEXT", each[1]);
        tell(select, "HIGHESTMODSEQ", each[3]);
        return select.result(new StatusText(null, "", ""));
    }

    private static void tell(Select select, String code, String number) {
        if (!number.equals("0")) {
            select.observe(Reply.of(new Response.Untagged(Response.Status.OK, new StatusText(code, number, ""))));
        }
    }
}
