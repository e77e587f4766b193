package dev.steadymail.server.drafts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email as somebody wrote it. Whatever is missing is empty.
 *
 * @param from the author; null for the account's own address
 * @param html as it was written; it goes out as it is, since each recipient's program decides what it shows
 * @param inReplyTo the email of this server that is answered
 */
public record Composition(
        @Nullable Person from,
        @Nullable List<Person> to,
        @Nullable List<Person> cc,
        @Nullable List<Person> bcc,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html,
        @Nullable UUID inReplyTo,
        @Nullable List<AttachedFile> attachments) {
    @Override
    public String toString() {
        return "Composition[hidden]";
    }
}
