package dev.steadymail.testkit.memory;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An email of an in-memory account as it was when a test asked for it. Immutable. */
public final class InMemoryEmail {
    private final @Nullable String messageId;
    private final byte[] raw;
    private final Set<String> mailboxes;
    private final Set<Keyword> keywords;

    private InMemoryEmail(@Nullable String messageId, byte[] raw, Set<String> mailboxes, Set<Keyword> keywords) {
        this.messageId = messageId;
        this.raw = raw.clone();
        this.mailboxes = mailboxes;
        this.keywords = keywords;
    }

    static InMemoryEmail of(StoredEmail email, Map<MailboxId, String> names) {
        return new InMemoryEmail(
                email.message().envelope().messageId(),
                email.message().raw(),
                email.mailboxIds().stream()
                        .map(id -> names.getOrDefault(id, id.value()))
                        .collect(Collectors.toUnmodifiableSet()),
                email.keywords());
    }

    /** Returns the Message-ID with angle brackets, null where it has none. */
    public @Nullable String messageId() {
        return messageId;
    }

    /** Returns a copy of the exact octets. */
    public byte[] raw() {
        return raw.clone();
    }

    /** Returns the names of the mailboxes it is in. */
    public Set<String> mailboxes() {
        return mailboxes;
    }

    public Set<Keyword> keywords() {
        return keywords;
    }

    /** Says nothing about the content. */
    @Override
    public String toString() {
        return "InMemoryEmail[size=" + raw.length + "]";
    }
}
