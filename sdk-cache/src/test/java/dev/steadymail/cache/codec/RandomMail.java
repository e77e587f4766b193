package dev.steadymail.cache.codec;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Mail that is anything the model allows. */
final class RandomMail {
    private static final String[] PIECES = {
        "a",
        "word",
        " ",
        "é",
        "ß",
        "你好",
        "😀",
        "\uD83D",
        "\uDE00",
        "\uD800",
        "\uDFFF",
        "\uFFFD",
        "\u0000",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\uffff",
        "\r\n",
        "<x@example.com>",
        "x".repeat(130),
    };
    private static final String[] TYPES = {
        "text/plain", "multipart/mixed", "image/png", "x/unheard-of", "", "text/plaın"
    };
    private static final String[] CHARSETS = {"utf-8", "UTF-8", "Utf-8", "koi8-r", ""};
    private static final String[] DISPOSITIONS = {"inline", "attachment", "form-data", ""};
    private static final String[] KEYWORDS = {"$seen", "$flagged", "$forwarded", "junk", "work", "größe"};
    private static final long[] SIZES = {
        0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE
    };
    private static final Instant[] INSTANTS = {
        Instant.EPOCH,
        Instant.MAX,
        Instant.MIN,
        Instant.ofEpochSecond(1_764_500_000),
        Instant.ofEpochSecond(-1, 1),
        Instant.ofEpochMilli(1_764_500_000_123L),
        Instant.ofEpochSecond(1_764_500_000, 999_999_999),
    };

    private final Random random;

    RandomMail(long seed) {
        this.random = new Random(seed);
    }

    Email email() {
        EmailId id = new EmailId(id());
        Envelope envelope = orNull(this::envelope);
        return new Email(
                id,
                orNull(() -> new ThreadId(random.nextBoolean() ? id.value() : id())),
                orNull(() -> new BlobId(random.nextBoolean() ? id.value() : id())),
                Set.of(),
                Set.of(),
                instant(),
                one(SIZES),
                envelope,
                orNull(() -> part(4)),
                orNull(this::fingerprint),
                envelope == null ? null : orNull(() -> Ancestry.of(envelope)));
    }

    private @Nullable Fingerprint fingerprint() {
        return random.nextBoolean() ? Fingerprint.ofObject("object-1") : Fingerprint.ofMessageId(text());
    }

    Envelope envelope() {
        List<EmailAddress> from = addresses();
        String references = orNull(() -> random.nextBoolean() ? text() : text() + " <last@example.com>");
        String[] answers = {text(), "<last@example.com>", "", references};
        return new Envelope(
                text(),
                from,
                random.nextBoolean() ? from : addresses(),
                random.nextBoolean() ? from : addresses(),
                addresses(),
                addresses(),
                addresses(),
                orNull(this::text),
                orNull(() -> answers[random.nextInt(answers.length)]),
                references,
                orNull(this::instant));
    }

    private List<EmailAddress> addresses() {
        return some(3, () -> new EmailAddress(orNull(this::text), text()));
    }

    private BodyPart part(int depth) {
        return new BodyPart(
                random.nextBoolean() ? "" : text(),
                one(TYPES),
                orNull(() -> one(CHARSETS)),
                orNull(() -> one(DISPOSITIONS)),
                orNull(this::text),
                orNull(this::text),
                one(SIZES),
                depth == 0 ? List.of() : some(3, () -> part(depth - 1)));
    }

    Set<MailboxId> mailboxIds() {
        return new HashSet<>(some(4, () -> new MailboxId(id())));
    }

    Set<Keyword> keywords() {
        return new HashSet<>(some(5, () -> new Keyword(one(KEYWORDS))));
    }

    List<EmailId> ids() {
        return some(200, () -> new EmailId(id()));
    }

    EmailThread thread() {
        return new EmailThread(new ThreadId(id()), ids());
    }

    List<Mailbox> mailboxes() {
        return some(20, () -> {
            List<String> path = new ArrayList<>(some(4, this::text));
            path.add(text());
            return new Mailbox(new MailboxId(id()), path, orNull(() -> one(Role.values())), random.nextBoolean());
        });
    }

    String text() {
        return String.join("", some(8, () -> one(PIECES)));
    }

    private String id() {
        return "id" + text();
    }

    private Instant instant() {
        return one(INSTANTS);
    }

    private <T> @Nullable T orNull(Supplier<? extends @Nullable T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private <T> List<T> some(int below, Supplier<T> each) {
        int count = random.nextInt(below);
        List<T> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(each.get());
        }
        return all;
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private long one(long[] of) {
        return of[random.nextInt(of.length)];
    }
}
