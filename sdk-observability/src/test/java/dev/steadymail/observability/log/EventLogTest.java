package dev.steadymail.observability.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.observability.AccountNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final String LOG = "dev.steadymail.events";
    private static final AccountId ADA = new AccountId("ada.canary@example.com");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration MS = Duration.ofMillis(12);
    private static final Protocol IMAP = Protocol.IMAP;

    private final EventLog log = EventLog.standard();

    @Test
    void eachEvent_isALineOfFiguresAndWords() {
        try (KeptLines kept = new KeptLines(LOG, Level.DEBUG)) {
            everyKind().forEach(log::on);
            assertEquals(
                    List.of(
                            "DEBUG request UID FETCH delta attempt=1 units=5 waited=12ms latency=12ms queued=3"
                                    + " outcome=succeeded | protocol=imap operation=UID FETCH lane=delta",
                            "DEBUG request other delta attempt=2 units=5 waited=12ms latency=12ms queued=3"
                                    + " outcome=timeout | protocol=imap operation=other lane=delta",
                            "DEBUG retry LIST send attempt=1 delay=12ms reason=network"
                                    + " | protocol=imap operation=LIST lane=send",
                            "DEBUG error LIST send kind=network attempts=3 elapsed=12ms"
                                    + " | protocol=imap operation=LIST lane=send",
                            "DEBUG throttle account kind=throttled until=2026-01-02T03:04:05Z stated=true"
                                    + " maxInFlight=2 | protocol=imap",
                            "INFO circuit account state=open cause=failing until=2026-01-02T03:04:05Z | protocol=imap",
                            "DEBUG circuit account state=half_open cause=failing until=- | protocol=imap",
                            "INFO circuit account state=closed cause=- until=- | protocol=imap",
                            "DEBUG limit used=7 units=8 | protocol=imap",
                            "DEBUG cache list hits=1 sharedHits=2 sourced=3 loads=4 stale=5 latency=12ms"
                                    + " outcome=succeeded | protocol=imap",
                            "DEBUG sync full created=1 updated=2 destroyed=3 recovered=4 parked=5 elapsed=12ms"
                                    + " outcome=succeeded | protocol=imap",
                            "DEBUG send postponed attempts=1 elapsed=12ms failure=unavailable | protocol=imap"),
                    kept.lines());
            assertFalse(kept.lines().toString().contains("canary"));
        }
    }

    @Test
    void account_isToldByANameWhereAskedFor() {
        AccountNames names = AccountNames.random();
        try (KeptLines kept = new KeptLines(LOG, Level.DEBUG)) {
            log.withAccounts(names).on(new LimitEvent(AT, ADA, IMAP, "x", 7, 8));
            assertEquals(
                    List.of("DEBUG limit used=7 units=8 | account=" + names.of(ADA, AT) + " protocol=imap"),
                    kept.lines());
        }
    }

    @Test
    void watchThatIsLost_isNews_andThatItGoesOnAgain() {
        try (KeptLines kept = new KeptLines(LOG, Level.INFO)) {
            log.on(watch(WatchingEvent.News.WATCHING_ALL));
            log.on(watch(WatchingEvent.News.CHANGED));
            log.on(watch(WatchingEvent.News.LOST));
            log.on(watch(WatchingEvent.News.CHANGED));
            log.on(watch(WatchingEvent.News.POLLING));
            log.on(watch(WatchingEvent.News.WATCHING_ONE));
            assertEquals(
                    List.of(
                            "INFO watch lost retryIn=12ms failure=network | protocol=imap",
                            "INFO watch polling retryIn=- failure=- | protocol=imap"),
                    kept.lines());
        }
    }

    @Test
    void aboveInfo_aMinuteHasTwentyLines() {
        try (KeptLines kept = new KeptLines(LOG, Level.INFO)) {
            for (int i = 0; i < 50; i++) {
                log.on(circuit(AT.plusSeconds(i), CircuitEvent.State.OPEN));
            }
            assertEquals(20, kept.events().size());
            log.on(circuit(AT.plusSeconds(60), CircuitEvent.State.CLOSED));
            assertEquals(21, kept.events().size());
        }
        try (KeptLines kept = new KeptLines(LOG, Level.DEBUG)) {
            for (int i = 0; i < 30; i++) {
                log.on(circuit(AT.plusSeconds(200), CircuitEvent.State.OPEN));
            }
            assertEquals(
                    20,
                    kept.lines().stream()
                            .filter(line -> line.startsWith("INFO"))
                            .count());
            assertEquals(30, kept.events().size());
        }
    }

    @Test
    void whereTheLogIsOff_nothingIsWritten() {
        try (KeptLines kept = new KeptLines(LOG, Level.INFO)) {
            log.on(everyKind().get(0));
            assertEquals(List.of(), kept.lines());
        }
    }

    private static List<ClientEvent> everyKind() {
        return List.of(
                new RequestEvent(AT, ADA, IMAP, "UID FETCH", Lane.DELTA, 1, 5, MS, MS, 3, null),
                new RequestEvent(AT, ADA, IMAP, "SEARCH canary", Lane.DELTA, 2, 5, MS, MS, 3, Kind.TIMEOUT),
                new RetryEvent(AT, ADA, IMAP, "LIST", Lane.SEND, 1, MS, Kind.NETWORK),
                new ErrorEvent(AT, ADA, IMAP, "LIST", Lane.SEND, Kind.NETWORK, 3, MS),
                new ThrottleEvent(AT, ADA, IMAP, Reach.ACCOUNT, Kind.THROTTLED, AT, true, 2),
                circuit(AT, CircuitEvent.State.OPEN),
                circuit(AT, CircuitEvent.State.HALF_OPEN),
                circuit(AT, CircuitEvent.State.CLOSED),
                new LimitEvent(AT, ADA, IMAP, "canary limit", 7, 8),
                new CacheEvent(AT, ADA, IMAP, CacheEvent.Subject.LIST, 1, 2, 3, 4, 5, MS, null),
                new SyncEvent(AT, ADA, IMAP, SyncEvent.Mode.FULL, 1, 2, 3, 4, 5, MS, null),
                new SendEvent(AT, ADA, IMAP, SendEvent.Outcome.POSTPONED, 1, MS, Kind.UNAVAILABLE));
    }

    private static CircuitEvent circuit(Instant at, CircuitEvent.State state) {
        CircuitEvent.Cause cause = state == CircuitEvent.State.CLOSED ? null : CircuitEvent.Cause.FAILING;
        return new CircuitEvent(
                at, ADA, IMAP, Reach.ACCOUNT, 0, state, cause, state == CircuitEvent.State.OPEN ? AT : null);
    }

    private static WatchingEvent watch(WatchingEvent.News news) {
        boolean lost = news == WatchingEvent.News.LOST;
        return new WatchingEvent(AT, ADA, IMAP, news, lost ? MS : null, lost ? Kind.NETWORK : null);
    }
}
