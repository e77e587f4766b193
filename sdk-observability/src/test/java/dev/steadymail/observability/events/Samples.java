package dev.steadymail.observability.events;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of every kind, with each word that their types can hold. */
final class Samples {
    static final Instant AT = Instant.parse("2024-03-01T12:00:00Z");
    static final AccountId ADA = new AccountId("imap:ada@example.com@imap.example.com:993");

    private static final Duration SOME = Duration.ofMillis(120);

    private Samples() {}

    /** Returns a request that can be told from others by its units. */
    static RequestEvent request(int number) {
        return request(Protocol.GMAIL, "messages.get", number, null);
    }

    static RequestEvent request(Protocol protocol, String operation, int units, @Nullable Kind failure) {
        return new RequestEvent(
                AT, ADA, protocol, operation, Lane.DELTA, 2, units, Duration.ofMillis(7), SOME, 3, failure);
    }

    static List<ClientEvent> all() {
        return all(ADA, "UID FETCH", "project");
    }

    /** Returns events of every kind whose free words are these. */
    static List<ClientEvent> all(AccountId account, String operation, String limit) {
        List<ClientEvent> all = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            all.add(new RequestEvent(AT, account, protocol, operation, Lane.SEND, 1, 5, SOME, SOME, 0, null));
            all.add(new LimitEvent(AT, account, protocol, limit, 90, 100));
        }
        for (Kind kind : Kind.values()) {
            all.add(new RequestEvent(AT, account, Protocol.IMAP, operation, Lane.BACKFILL, 3, 0, SOME, SOME, 9, kind));
            all.add(new ErrorEvent(AT, account, Protocol.GMAIL, operation, Lane.INTERACTIVE, kind, 3, SOME));
            all.add(new RetryEvent(AT, account, Protocol.GMAIL, operation, Lane.DELTA, 1, SOME, kind));
        }
        for (Reach reach : Reach.values()) {
            all.add(new ThrottleEvent(AT, account, Protocol.GMAIL, reach, Kind.THROTTLED, AT.plus(SOME), true, 4));
            all.add(new ThrottleEvent(AT, account, Protocol.GMAIL, reach, Kind.CONCURRENCY, Instant.MAX, false, 1));
        }
        for (CircuitEvent.State state : CircuitEvent.State.values()) {
            all.add(new CircuitEvent(AT, account, Protocol.IMAP, Reach.HOST, 7, state, null, null));
            for (CircuitEvent.Cause cause : CircuitEvent.Cause.values()) {
                all.add(new CircuitEvent(AT, account, Protocol.IMAP, Reach.ACCOUNT, 0, state, cause, AT.plus(SOME)));
            }
        }
        addWork(account, all);
        return all;
    }

    private static void addWork(AccountId account, List<ClientEvent> all) {
        for (CacheEvent.Subject subject : CacheEvent.Subject.values()) {
            all.add(new CacheEvent(AT, account, Protocol.GMAIL, subject, 1, 2, 3, 4, 5, SOME, null));
        }
        all.add(new CacheEvent(AT, account, Protocol.IMAP, CacheEvent.Subject.LIST, 0, 0, 0, 1, 0, SOME, Kind.TIMEOUT));
        for (SyncEvent.Mode mode : SyncEvent.Mode.values()) {
            all.add(new SyncEvent(AT, account, Protocol.IMAP, mode, 5, 4, 3, 2, 1, SOME, null));
        }
        all.add(new SyncEvent(
                AT,
                account,
                Protocol.OTHER,
                SyncEvent.Mode.FULL,
                0,
                0,
                0,
                0,
                0,
                Duration.ofSeconds(Long.MAX_VALUE),
                Kind.AUTH));
        for (WatchingEvent.News news : WatchingEvent.News.values()) {
            all.add(new WatchingEvent(AT, account, Protocol.IMAP, news, null, null));
        }
        all.add(new WatchingEvent(
                AT, account, Protocol.IMAP, WatchingEvent.News.LOST, Duration.ofSeconds(Long.MAX_VALUE), Kind.NETWORK));
        for (SendEvent.Outcome outcome : SendEvent.Outcome.values()) {
            all.add(new SendEvent(AT, account, Protocol.SMTP, outcome, 1, SOME, null));
            all.add(new SendEvent(AT, account, Protocol.GMAIL, outcome, 2, SOME, Kind.UNAVAILABLE));
        }
    }
}
