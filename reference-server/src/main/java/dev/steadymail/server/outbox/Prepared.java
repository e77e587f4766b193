package dev.steadymail.server.outbox;

import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.server.drafts.SavedDraft;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is about to go into an outbox: an email, or a draft's exact octets where only those keep what it holds.
 *
 * @param email null where there is {@code raw}
 * @param draft the draft that it was; null where it was none
 */
record Prepared(
        @Nullable OutgoingEmail email,
        @Nullable RawContent raw,
        @Nullable SavedDraft draft) {
    OutboxEntry enqueue(Outbox outbox, String key, Instant sendAt) {
        if (email != null) {
            return outbox.enqueue(email, key, sendAt);
        }
        if (raw == null) {
            throw new IllegalStateException("there is nothing to send");
        }
        return outbox.enqueue(raw, key, sendAt);
    }

    @Override
    public String toString() {
        return "Prepared[hidden]";
    }
}
