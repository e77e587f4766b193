package dev.steadymail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent.News;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TellingWatchTest {
    private final TimeSource time =
            new TimeSource(() -> Instant.EPOCH, () -> 0, (task, delay) -> () -> {}, new Random(1));
    private final List<WatchingEvent> told = new ArrayList<>();
    private final List<WatchEvent> passedOn = new ArrayList<>();
    private final TellingWatch watch = new TellingWatch(
            Telemetry.of(new AccountId("a"), Protocol.IMAP, time, event -> told.add((WatchingEvent) event), null),
            passedOn::add);

    @Test
    void everyNews_isToldAndPassedOn() {
        List<WatchEvent> all = List.of(
                new WatchEvent.Watching(WatchEvent.Mode.NOTIFY),
                new WatchEvent.Watching(WatchEvent.Mode.IDLE),
                new WatchEvent.Watching(WatchEvent.Mode.POLL),
                new WatchEvent.Changed(Set.of()),
                new WatchEvent.Lost(MailException.of(Kind.NETWORK, "cut"), Duration.ofSeconds(3)));
        all.forEach(watch::event);
        assertEquals(all, passedOn);
        assertEquals(
                List.of(News.WATCHING_ALL, News.WATCHING_ONE, News.POLLING, News.CHANGED, News.LOST),
                told.stream().map(WatchingEvent::news).toList());
        assertEquals(Kind.NETWORK, told.get(4).failure());
        assertEquals(Duration.ofSeconds(3), told.get(4).retryIn());
    }
}
