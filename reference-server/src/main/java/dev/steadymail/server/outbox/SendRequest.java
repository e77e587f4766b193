package dev.steadymail.server.outbox;

import dev.steadymail.server.drafts.AttachedFile;
import dev.steadymail.server.drafts.Composition;
import dev.steadymail.server.drafts.Person;
import dev.steadymail.server.drafts.WrongEmailException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks to send an email, or a draft.
 *
 * @param draftId the draft to send as it is now, which goes once it was sent; without any of the fields of {@link Composition}
 * @param sendAt when it leaves at the earliest; null for at once
 */
record SendRequest(
        @Nullable UUID draftId,
        @Nullable Instant sendAt,
        @Nullable Person from,
        @Nullable List<Person> to,
        @Nullable List<Person> cc,
        @Nullable List<Person> bcc,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable UUID inReplyTo,
        @Nullable List<AttachedFile> attachments) {
    /**
     * Returns the email; empty where a draft is sent.
     *
     * @throws WrongEmailException where a draft is named and an email is written, too
     */
    Composition written() {
        if (draftId != null
                && Stream.of(from, to, cc, bcc, subject, text, html, inReplyTo, attachments)
                        .anyMatch(Objects::nonNull)) {
            throw new WrongEmailException("draftId goes without the fields of an email; save the draft first");
        }
        return new Composition(from, to, cc, bcc, subject, text, html, inReplyTo, attachments);
    }

    @Override
    public String toString() {
        return "SendRequest[hidden]";
    }
}
