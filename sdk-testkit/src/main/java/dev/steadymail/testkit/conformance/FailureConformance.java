package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Failures have the kind that tells a program what to do. */
abstract class FailureConformance {
    abstract Session session();

    @Test
    void call_wrongCredentials_asksForOtherOnes() {
        try (MailClient client = session().runtime().open(session().fixture().wrongCredentials())) {
            MailException failure = Session.fails(
                    Set.of(Kind.AUTH, Kind.REAUTH_REQUIRED),
                    () -> client.mailboxes().list());
            assertFalse(failure.isRetryable());
        }
    }

    @Test
    void call_unreachableServer_mayBeTriedLater() {
        try (MailClient client = session().runtime().open(session().fixture().unreachable())) {
            MailException failure = Session.fails(
                    Set.of(Kind.NETWORK, Kind.TIMEOUT), () -> client.mailboxes().list());
            assertTrue(failure.isRetryable());
            assertTrue(failure.attempts() > 1, "a listing may be repeated, and was not");
        }
    }

    @Test
    void open_unreachableServer_doesNoIo() {
        session().runtime().open(session().fixture().unreachable()).close();
    }

    @Test
    void call_closedClient_isCancelled() {
        MailClient client = session().runtime().open(session().fixture().account());
        client.close();
        client.close();
        Session.fails(Kind.CANCELLED, () -> client.mailboxes().list());
    }

    @Test
    void sync_cursorOfSomebodyElse_isInvalid() {
        InMemorySyncStore store = new InMemorySyncStore();
        store.apply(
                SyncBatch.to(new SyncCursor("not a cursor of this provider")).build());
        var engine =
                session().client().sync(store, (ids, call) -> new Loaded(List.of(), List.of()), SyncOptions.DEFAULT);
        Session.fails(Kind.INVALID, () -> engine.run(progress -> {}));
    }
}
