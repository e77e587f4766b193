package dev.steadymail.cli.mirror;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.sync.StoredEmail;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes one email as a line of {@code index.jsonl}. */
final class IndexLine {
    /** The order of UTF-8 bytes, which is that of code points; Java's own differs above U+FFFF. */
    static final Comparator<String> BYTE_ORDER = IndexLine::compareCodePoints;

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Map<MailboxId, String> names;

    IndexLine(Collection<Mailbox> mailboxes) {
        this.names = mailboxes.stream().collect(Collectors.toMap(Mailbox::id, Mailbox::fullName, (one, two) -> two));
    }

    String of(StoredEmail stored) {
        Email email = stored.email();
        return new JsonLine()
                .put("id", stored.id())
                .put(
                        "threadId",
                        email.threadId() == null ? null : email.threadId().value())
                .put("mailboxes", sorted(email.mailboxIds(), this::name))
                .put("keywords", sorted(email.keywords(), Keyword::value))
                .put("sha256", sha256(stored))
                .put("size", email.size())
                .put("receivedAt", time(email.receivedAt()))
                .toString();
    }

    static String time(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Returns the hash that names an email's content. */
    static String sha256(StoredEmail stored) {
        BlobId blob = Objects.requireNonNull(stored.email().blobId(), "a mirrored email has its content");
        return blob.value();
    }

    /** A mailbox is saved before the emails in it, so its name is known; its id is better than no line at all. */
    private String name(MailboxId id) {
        return names.getOrDefault(id, id.value());
    }

    private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).distinct().sorted(BYTE_ORDER).toList();
    }

    private static int compareCodePoints(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return Integer.compare(rank(one.charAt(i)), rank(other.charAt(i)));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Halves of pairs stand for code points above all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
