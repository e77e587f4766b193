package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.gmail.json.GmailPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;

/** Turns Gmail's messages into emails. Whatever is missing from an answer gets a harmless value. */
final class EmailMapper {
    private EmailMapper() {}

    static Email email(EmailId id, GmailMessage message, FetchLevel level) {
        Email state = state(id, message, message.sizeEstimate());
        if (level == FetchLevel.STATE) {
            return state;
        }
        GmailPart payload = message.payload() == null ? GmailPart.EMPTY : message.payload();
        return new Email(
                id,
                state.threadId(),
                null,
                state.mailboxIds(),
                state.keywords(),
                state.receivedAt(),
                state.size(),
                Envelopes.envelope(payload.headers()),
                level == FetchLevel.STRUCTURE ? BodyParts.root(payload) : null);
    }

    static Email state(EmailId id, GmailMessage message, long size) {
        String thread = message.threadId();
        return Email.state(
                id,
                thread == null ? null : new ThreadId(thread),
                Labels.mailboxIds(message.labelIds()),
                Labels.keywords(message.labelIds()),
                message.internalDate() < 0 ? Instant.EPOCH : Instant.ofEpochMilli(message.internalDate()),
                size);
    }
}
