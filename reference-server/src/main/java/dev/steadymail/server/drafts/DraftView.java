package dev.steadymail.server.drafts;

import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft as its editor gets it.
 *
 * @param html safe to be shown: other programs, and the provider, can put anything into a mailbox
 */
record DraftView(
        UUID id,
        UUID accountId,
        String etag,
        Instant savedAt,
        List<Person> from,
        List<Person> to,
        List<Person> cc,
        List<Person> bcc,
        String subject,
        String text,
        String html,
        @Nullable UUID inReplyTo,
        List<FileView> attachments) {
    private static final HtmlSanitizer SANITIZER = HtmlSanitizer.create();

    static DraftView of(SavedDraft draft, DraftContent content) {
        ParsedEmail email = content.email();
        Envelope envelope = email.envelope();
        return new DraftView(
                draft.id(),
                draft.account(),
                draft.etag(),
                draft.savedAt(),
                Person.of(envelope.from()),
                Person.of(envelope.to()),
                Person.of(envelope.cc()),
                Person.of(envelope.bcc()),
                envelope.subject(),
                email.text(),
                email.html().isEmpty() ? "" : SANITIZER.sanitize(email.html()).html(),
                draft.inReplyTo(),
                email.attachments().stream().map(FileView::of).toList());
    }

    @Override
    public String toString() {
        return "DraftView[" + id + "]";
    }

    /** A file of a draft; its content is asked for at the email. */
    record FileView(String partId, String fileName, String type, long size) {
        static FileView of(ParsedPart part) {
            return new FileView(part.partId(), part.safeFileName(), part.type(), part.size());
        }

        @Override
        public String toString() {
            return "FileView[hidden]";
        }
    }

    /** What came of saving a draft. */
    record Saved(UUID id, UUID accountId, String etag, Instant savedAt) {
        static Saved of(SavedDraft draft) {
            return new Saved(draft.id(), draft.account(), draft.etag(), draft.savedAt());
        }
    }

    /** A draft in a list. */
    record Listed(UUID id, UUID accountId, String etag, Instant savedAt, String subject, List<Person> to) {
        static Listed of(SavedDraft draft, Email email) {
            Envelope envelope = email.envelope();
            return new Listed(
                    draft.id(),
                    draft.account(),
                    draft.etag(),
                    draft.savedAt(),
                    envelope == null ? "" : envelope.subject(),
                    envelope == null ? List.of() : Person.of(envelope.to()));
        }

        @Override
        public String toString() {
            return "Listed[" + id + "]";
        }
    }
}
