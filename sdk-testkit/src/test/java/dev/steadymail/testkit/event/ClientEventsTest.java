package dev.steadymail.testkit.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener hears of a client. */
class ClientEventsTest {
    private final InMemoryAccount account = InMemoryAccount.labels();
    private final List<ClientEvent> heard = new CopyOnWriteArrayList<>();
    private final MailRuntime runtime = MailRuntime.builder()
            .listener(heard::add)
            .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
    private final MailClient mail = runtime.open(account);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void request_isToldWithWhatWasSpoken() {
        var unused = mail.mailboxes().list();
        RequestEvent request = only(RequestEvent.class);
        assertEquals(account.id(), request.account());
        assertEquals(Protocol.OTHER, request.protocol());
        assertEquals(Lane.INTERACTIVE, request.lane());
        assertEquals(1, request.attempt());
        assertEquals(0, request.queued());
        assertNull(request.failure());
    }

    @Test
    void failedCall_isToldWithItsKindAndTime() {
        account.faults().failAlways(MailException.of(Kind.FORBIDDEN, "no"));
        assertThrows(MailException.class, () -> mail.mailboxes().list());
        ErrorEvent error = only(ErrorEvent.class);
        assertEquals(Kind.FORBIDDEN, error.kind());
        assertEquals(1, error.attempts());
        assertTrue(!error.elapsed().isNegative());
        assertEquals(Kind.FORBIDDEN, only(RequestEvent.class).failure());
    }

    @Test
    void syncRun_isToldAtItsEnd_alsoWhereItFails() {
        account.deliver(
                "INBOX",
                "Message-ID: <1@example.com>\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII),
                Set.of(),
                Instant.EPOCH);
        InMemorySyncStore store = new InMemorySyncStore();
        EmailLoader loader =
                (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
        SyncEngine sync = mail.sync(store, loader, SyncOptions.DEFAULT);
        var unused = sync.run(progress -> {});
        SyncEvent first = only(SyncEvent.class);
        assertEquals(SyncEvent.Mode.FULL, first.mode());
        assertEquals(1, first.created());
        assertNull(first.failure());
        heard.clear();
        account.faults().failAlways(MailException.of(Kind.UNAVAILABLE, "away"));
        assertThrows(MailException.class, () -> sync.run(progress -> {}));
        assertEquals(Kind.UNAVAILABLE, only(SyncEvent.class).failure());
    }

    @Test
    void syncRunThatFailsLater_isToldWithWhatItDidBefore() {
        for (int n = 0; n < 3; n++) {
            account.deliver(
                    "INBOX",
                    ("Message-ID: <" + n + "@example.com>\r\n\r\nx\r\n").getBytes(StandardCharsets.US_ASCII),
                    Set.of(),
                    Instant.EPOCH.plusSeconds(n));
        }
        EmailLoader loader =
                (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
        SyncOptions oneByOne = new SyncOptions(Set.of(), 1, Duration.ofMinutes(1));
        SyncEngine sync = mail.sync(new InMemorySyncStore(), loader, oneByOne);
        assertThrows(
                MailException.class,
                () -> sync.run(progress ->
                        account.faults().failAlways(MailException.of(Kind.UNAVAILABLE, "away after the first page"))));
        SyncEvent told = only(SyncEvent.class);
        assertEquals(SyncEvent.Mode.FULL, told.mode());
        assertEquals(1, told.created());
        assertEquals(Kind.UNAVAILABLE, told.failure());
    }

    @Test
    void aListenerThatFails_keepsNothingFromOthers_andNothingFromTheCall() {
        ClientEventListener both = ClientEventListener.all(List.of(
                event -> {
                    throw new IllegalStateException("broken");
                },
                heard::add));
        try (MailRuntime other = MailRuntime.builder().listener(both).build();
                MailClient client = other.open(account)) {
            assertTrue(!client.mailboxes().list().isEmpty());
        }
        assertEquals(1, all(RequestEvent.class).size());
    }

    private <E extends ClientEvent> E only(Class<E> type) {
        List<E> all = all(type);
        assertEquals(1, all.size(), heard::toString);
        return all.get(0);
    }

    private <E extends ClientEvent> List<E> all(Class<E> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
