package dev.steadymail.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.time.TimeSource;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtocolLogTest {
    private static final TimeSource TIME =
            new TimeSource(() -> Instant.EPOCH, () -> 0, (task, delay) -> () -> {}, new Random(1));

    private final ProtocolLog log = new ProtocolLog(TIME);
    private final ConnectionLog connection = log.connection(Protocol.IMAP);

    @Test
    void log_isOffAtFirst_andHoldsNothing() throws ReflectiveOperationException {
        connection.sent("A1 NOOP");
        assertFalse(log.isOn());
        assertNull(ring());
        assertTrue(log.lines().isEmpty());
        assertEquals(0, log.dropped());
    }

    @Test
    void stop_letsGoOfAllLines() throws ReflectiveOperationException {
        log.start();
        connection.sent("A1 NOOP");
        assertNotNull(ring());
        log.stop();
        assertNull(ring());
        log.start();
        assertTrue(log.lines().isEmpty());
    }

    @Test
    void ring_keepsTheLast10000_andCountsTheRest() {
        log.start();
        for (int i = 0; i < ProtocolLog.MOST_LINES + 7; i++) {
            connection.received("* " + i + " EXISTS");
        }
        assertEquals(ProtocolLog.MOST_LINES, log.lines().size());
        assertEquals("* 7 EXISTS", log.lines().get(0).text());
        assertEquals(7, log.dropped());
        log.clear();
        assertTrue(log.lines().isEmpty());
        assertEquals(0, log.dropped());
        assertTrue(log.isOn());
    }

    @Test
    void fewerLines_canBeAskedFor_butNotMore() {
        log.start(2);
        connection.note("one");
        connection.note("two");
        connection.note("three");
        assertEquals(2, log.lines().size());
        assertThrows(IllegalArgumentException.class, () -> log.start(0));
        assertThrows(IllegalArgumentException.class, () -> log.start(ProtocolLog.MOST_LINES + 1));
    }

    @Test
    void longLine_isCut_andSaysHowMuchIsMissing() {
        log.start();
        connection.sent("x".repeat(1_000));
        String text = log.lines().get(0).text();
        assertTrue(text.length() <= ProtocolLog.LONGEST_LINE, text);
        int shown = text.indexOf(' ');
        assertEquals(1_000 - shown, Integer.parseInt(text.substring(shown + 2)));
    }

    @Test
    void connections_areCounted_andASecondDoorWritesIntoTheSameLog() {
        Telemetry second = Telemetry.none(new AccountId("b"), TIME).writing(log);
        log.start();
        second.protocolLog().connection(Protocol.SMTP).sent("QUIT");
        ProtocolLog.Line line = log.lines().get(0);
        assertEquals(Protocol.SMTP, line.protocol());
        assertEquals(2, line.connection());
        assertTrue(line.toString().endsWith(" SMTP 2 > QUIT"), line.toString());
    }

    private Object ring() throws ReflectiveOperationException {
        Field ring = ProtocolLog.class.getDeclaredField("ring");
        ring.setAccessible(true);
        return ring.get(log);
    }
}
