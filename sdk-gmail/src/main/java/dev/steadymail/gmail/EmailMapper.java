package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.MessagePart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.List;

/** Turns Gmail's messages into emails. Whatever is missing from an answer gets a harmless value. */
final class EmailMapper {
    private EmailMapper() {}

    static Email email(EmailId id, Message message, FetchLevel level) {
        Email state = state(id, message, message.getSizeEstimate() == null ? 0 : message.getSizeEstimate());
        if (level == FetchLevel.STATE) {
            return state;
        }
        MessagePart payload = message.getPayload() == null ? new MessagePart() : message.getPayload();
        return new Email(
                id,
                state.threadId(),
                null,
                state.mailboxIds(),
                state.keywords(),
                state.receivedAt(),
                state.size(),
                Envelopes.envelope(PartHeaders.of(payload)),
                level == FetchLevel.STRUCTURE ? BodyParts.root(payload) : null);
    }

    static Email state(EmailId id, Message message, long size) {
        List<String> labels = message.getLabelIds() == null ? List.of() : message.getLabelIds();
        return Email.state(
                id,
                message.getThreadId() == null || message.getThreadId().isBlank()
                        ? null
                        : new ThreadId(message.getThreadId()),
                Labels.mailboxIds(labels),
                Labels.keywords(labels),
                message.getInternalDate() == null ? Instant.EPOCH : Instant.ofEpochMilli(message.getInternalDate()),
                size);
    }
}
