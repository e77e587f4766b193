package dev.steadymail.cache.codec;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Emails as octets, in two values: what never changes of one, and its mailboxes and keywords, which do. The first octet is the version of
 * the form. What cannot be read is a {@link DamagedValueException} and nothing else, and reading takes memory in proportion to the octets
 * that are there, whatever they claim.
 */
public final class EmailCodec {
    private static final int THREAD = 1;
    private static final int BLOB = 1 << 1;
    private static final int ENVELOPE = 1 << 2;
    private static final int BODY = 1 << 3;
    private static final int FINGERPRINT = 1 << 4;
    private static final int ANCESTRY = 1 << 5;
    private static final int LEVEL_SHIFT = 6;

    private static final int STATE = 0;
    private static final int METADATA = 1;
    private static final int STRUCTURE = 2;

    private static final int USUAL_OCTETS = 1_024;
    private static final int USUAL_STATE_OCTETS = 64;
    private static final int LEAST_ID = 2;

    private static final Map<String, Keyword> KEYWORDS =
            KnownWords.KEYWORDS.all().stream().collect(Collectors.toUnmodifiableMap(word -> word, Keyword::new));

    private EmailCodec() {}

    /**
     * An email without its state, and what was read of it.
     *
     * @param email its mailboxes and keywords are empty
     */
    public record Coded(Email email, FetchLevel level) {}

    /** What changes of an email. */
    public record State(Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        public State {
            mailboxIds = Set.copyOf(mailboxIds);
            keywords = Set.copyOf(keywords);
        }
    }

    /**
     * Returns everything of an email but its mailboxes and keywords.
     *
     * @throws IllegalArgumentException where its body parts are nested deeper than 300, which nothing of this
     *     SDK reads from a message
     */
    public static byte[] encode(Email email, FetchLevel level) {
        OctetWriter into = new OctetWriter(ValueKind.EMAIL, USUAL_OCTETS);
        into.octet(flags(email) | (number(level) << LEVEL_SHIFT));
        String id = email.id().value();
        into.text(id);
        ThreadId thread = email.threadId();
        if (thread != null) {
            writeLike(id, thread.value(), into);
        }
        BlobId blob = email.blobId();
        if (blob != null) {
            writeLike(id, blob.value(), into);
        }
        into.instant(email.receivedAt(), 0);
        into.number(email.size());
        writeContent(email, into);
        return into.toArray();
    }

    private static void writeContent(Email email, OctetWriter into) {
        if (email.fingerprint() != null) {
            into.text(email.fingerprint().value());
        }
        if (email.ancestry() != null) {
            into.text(email.ancestry().text());
        }
        if (email.envelope() != null) {
            EnvelopeForm.write(email.envelope(), email.receivedAt().getEpochSecond(), into);
        }
        if (email.body() != null) {
            BodyForm.write(email.body(), into);
        }
    }

    private static int flags(Email email) {
        return (email.threadId() == null ? 0 : THREAD)
                | (email.blobId() == null ? 0 : BLOB)
                | (email.envelope() == null ? 0 : ENVELOPE)
                | (email.body() == null ? 0 : BODY)
                | (email.fingerprint() == null ? 0 : FINGERPRINT)
                | (email.ancestry() == null ? 0 : ANCESTRY);
    }

    /**
     * Returns what {@link #encode} was given.
     *
     * @throws DamagedValueException where the octets are none of its
     */
    public static Coded decode(byte[] octets) {
        return OctetReader.read(octets, ValueKind.EMAIL, EmailCodec::read);
    }

    private static Coded read(OctetReader from) {
        int flags = from.octet();
        String id = from.text();
        ThreadId thread = (flags & THREAD) == 0 ? null : new ThreadId(readLike(id, from));
        BlobId blob = (flags & BLOB) == 0 ? null : new BlobId(readLike(id, from));
        Instant receivedAt = from.instant(0);
        long size = from.number();
        Fingerprint fingerprint = (flags & FINGERPRINT) == 0 ? null : new Fingerprint(from.text());
        Ancestry ancestry = (flags & ANCESTRY) == 0 ? null : new Ancestry(from.text());
        Email email = new Email(
                new EmailId(id),
                thread,
                blob,
                Set.of(),
                Set.of(),
                receivedAt,
                size,
                (flags & ENVELOPE) == 0 ? null : EnvelopeForm.read(receivedAt.getEpochSecond(), from),
                (flags & BODY) == 0 ? null : BodyForm.read(from),
                fingerprint,
                ancestry);
        return new Coded(email, level(flags >> LEVEL_SHIFT));
    }

    /** Returns the mailboxes and keywords of an email. */
    public static byte[] encodeState(Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        OctetWriter into = new OctetWriter(ValueKind.STATE, USUAL_STATE_OCTETS);
        into.number(mailboxIds.size());
        mailboxIds.forEach(id -> into.text(id.value()));
        into.number(keywords.size());
        keywords.forEach(keyword -> KnownWords.KEYWORDS.write(keyword.value(), into));
        return into.toArray();
    }

    /**
     * Returns what {@link #encodeState} was given.
     *
     * @throws DamagedValueException where the octets are none of its
     */
    public static State decodeState(byte[] octets) {
        return OctetReader.read(octets, ValueKind.STATE, EmailCodec::readState);
    }

    private static State readState(OctetReader from) {
        MailboxId[] mailboxIds = new MailboxId[from.count(LEAST_ID)];
        for (int i = 0; i < mailboxIds.length; i++) {
            mailboxIds[i] = new MailboxId(from.text());
        }
        Keyword[] keywords = new Keyword[from.count(1)];
        for (int i = 0; i < keywords.length; i++) {
            keywords[i] = readKeyword(from);
        }
        return new State(Set.of(mailboxIds), Set.of(keywords));
    }

    private static Keyword readKeyword(OctetReader from) {
        String word = KnownWords.KEYWORDS.read(from);
        Keyword known = KEYWORDS.get(word);
        return known == null ? new Keyword(word) : known;
    }

    /** Ids are never empty: that stands for one that is the same as the email's. */
    private static void writeLike(String id, String value, OctetWriter into) {
        into.text(value.equals(id) ? "" : value);
    }

    private static String readLike(String id, OctetReader from) {
        String value = from.text();
        return value.isEmpty() ? id : value;
    }

    private static int number(FetchLevel level) {
        return switch (level) {
            case STATE -> STATE;
            case METADATA -> METADATA;
            case STRUCTURE -> STRUCTURE;
        };
    }

    private static FetchLevel level(int number) {
        return switch (number) {
            case STATE -> FetchLevel.STATE;
            case METADATA -> FetchLevel.METADATA;
            case STRUCTURE -> FetchLevel.STRUCTURE;
            default -> throw new DamagedValueException("there is no level " + number);
        };
    }
}
