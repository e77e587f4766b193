package dev.steadymail.jdbc;

import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxMessage;
import dev.steadymail.send.OutboxState;
import java.time.Instant;
import java.util.List;

/** Outbox entries to store. */
final class Entries {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    static final RawContent CONTENT = RawContent.of(new byte[] {1, 2, 3});

    private Entries() {}

    static OutboxEntry queued(String key) {
        return in(OutboxState.QUEUED, key, 1);
    }

    static OutboxEntry in(OutboxState state, String key, long version) {
        OutboxMessage message =
                new OutboxMessage(key, "print", "id@example.com", "about " + key, List.of(key), NOON, 3, NOON);
        Instant dueAt = state.isFinal() ? null : NOON;
        return new OutboxEntry(
                message, state, dueAt, 0, null, null, null, 0, null, null, null, List.of(), NOON, version);
    }
}
