package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxListener;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider says when a message leaves, and lets it be taken back until then. */
abstract class SendConformance {
    abstract Session session();

    @BeforeEach
    final void requireSending() {
        session().needs(Capability.SEND);
    }

    @Test
    void outbox_hearsThatAMessageLeavesBeforeItWasTaken() {
        long before = sent();
        List<OutboxEntry> heard = new CopyOnWriteArrayList<>();
        try (Outbox outbox = outbox(heard::add)) {
            OutboxEntry entry = outbox.send(message("once"), "k");
            assertEquals(OutboxState.SENT, entry.state());
            assertEquals(OutboxState.SENT, outbox.send(message("once"), "k").state());
        }
        assertEquals(before + 1, sent());
        OutboxEntry leaving = heard.get(heard.size() - 2);
        assertEquals(OutboxState.SENDING, leaving.state());
        assertNotNull(leaving.leftAt(), "that it leaves was not said before the octets that matter");
    }

    @Test
    void outbox_takesAMessageBackUntilItLeaves() {
        long before = sent();
        CompletableFuture<Outbox> opened = new CompletableFuture<>();
        OutboxListener canceller = entry -> {
            if (entry.state() == OutboxState.SENDING && entry.leftAt() == null) {
                assertTrue(opened.join().cancel(entry.key()));
            }
        };
        try (Outbox outbox = outbox(canceller)) {
            opened.complete(outbox);
            assertEquals(
                    OutboxState.CANCELLED, outbox.send(message("never"), "k").state());
            assertEquals(
                    OutboxState.CANCELLED, outbox.send(message("never"), "k").state());
        }
        assertEquals(before, sent());
    }

    private Outbox outbox(OutboxListener listener) {
        return session().client().outbox(new MemoryOutboxStore(), OutboxOptions.DEFAULT.withListener(listener));
    }

    private static RawContent message(String name) {
        return RawContent.of(SampleMail.named(name).bytes());
    }

    private long sent() {
        return StreamSupport.stream(
                        session()
                                .client()
                                .emails()
                                .query(EmailQuery.in(Role.SENT))
                                .spliterator(),
                        false)
                .count();
    }
}
