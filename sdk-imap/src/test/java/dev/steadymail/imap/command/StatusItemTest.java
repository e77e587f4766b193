package dev.steadymail.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusItemTest {
    @Test
    void change_isToldByCounters_notByWhatSomeServersAnswerAtRandom() {
        assertEquals(
                Set.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY, StatusItem.HIGHESTMODSEQ),
                StatusItem.ofChange(Set.of("CONDSTORE", "OBJECTID")));
    }
}
