package dev.steadymail.benchmarks.cache;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An email's metadata as plain records that mirror it, for Jackson: times are whole seconds, which is cheaper for it than text. */
public record JsonEmail(
        String id,
        @Nullable String threadId,
        @Nullable String blobId,
        long receivedAt,
        long size,
        @Nullable String fingerprint,
        @Nullable JsonEnvelope envelope,
        String level) {
    /** The header. */
    public record JsonEnvelope(
            String subject,
            List<JsonAddress> from,
            List<JsonAddress> sender,
            List<JsonAddress> replyTo,
            List<JsonAddress> to,
            List<JsonAddress> cc,
            List<JsonAddress> bcc,
            @Nullable String messageId,
            @Nullable String inReplyTo,
            @Nullable String references,
            @Nullable Long sentAt) {
        /** Lists that are empty are not written, and come back as null. */
        public JsonEnvelope {
            from = orEmpty(from);
            sender = orEmpty(sender);
            replyTo = orEmpty(replyTo);
            to = orEmpty(to);
            cc = orEmpty(cc);
            bcc = orEmpty(bcc);
        }

        private static List<JsonAddress> orEmpty(@Nullable List<JsonAddress> list) {
            return list == null ? List.of() : list;
        }
    }

    /** An address. */
    public record JsonAddress(@Nullable String name, String address) {}

    static JsonEmail of(Email email, String level) {
        return new JsonEmail(
                email.id().value(),
                email.threadId() == null ? null : email.threadId().value(),
                email.blobId() == null ? null : email.blobId().value(),
                email.receivedAt().getEpochSecond(),
                email.size(),
                email.fingerprint() == null ? null : email.fingerprint().value(),
                of(Objects.requireNonNull(email.envelope())),
                level);
    }

    private static JsonEnvelope of(Envelope envelope) {
        Instant sentAt = envelope.sentAt();
        return new JsonEnvelope(
                envelope.subject(),
                of(envelope.from()),
                of(envelope.sender()),
                of(envelope.replyTo()),
                of(envelope.to()),
                of(envelope.cc()),
                of(envelope.bcc()),
                envelope.messageId(),
                envelope.inReplyTo(),
                envelope.references(),
                sentAt == null ? null : sentAt.getEpochSecond());
    }

    private static List<JsonAddress> of(List<EmailAddress> addresses) {
        return addresses.stream()
                .map(address -> new JsonAddress(address.name(), address.address()))
                .toList();
    }
}
