package dev.steadymail.mail;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an email says of the conversation it belongs to, by which threads are computed where the provider has none (RFC 5256, the
 * REFERENCES algorithm). Ids and subjects are digests of 96 bits: enough to compare, and they show nothing of the message.
 *
 * <p>It is one text, as stores keep many of them; the rest is read from it when it is asked for.
 *
 * @param text printable ASCII without white space, at most 2,000 characters, for a store to keep
 */
public record Ancestry(String text) {
    /** How many references are kept. A longer line still holds together, as each email names those that came just before. */
    public static final int MOST_REFERENCES = 50;

    private static final String DIGEST = "[A-Za-z0-9_-]{1,32}";
    private static final Pattern FORM =
            Pattern.compile("(?:%1$s)?\\|(?:%1$s(?:,%1$s){0,%2$d})?\\|(?:%1$s)?\\|(?:re)?\\|-?[0-9]{0,18}"
                    .formatted(DIGEST, MOST_REFERENCES - 1));
    private static final Pattern BETWEEN_FIELDS = Pattern.compile("\\|");
    private static final Pattern BETWEEN_IDS = Pattern.compile(",");
    private static final int MESSAGE_ID = 0;
    private static final int REFERENCES = 1;
    private static final int SUBJECT = 2;
    private static final int ANSWER = 3;
    private static final int SENT_AT = 4;

    /** @throws IllegalArgumentException for another text than one that came from here */
    public Ancestry {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("this is no ancestry");
        }
    }

    /** Returns what a header says. */
    public static Ancestry of(Envelope envelope) {
        List<String> own = MessageIds.of(envelope.messageId());
        List<String> references = MessageIds.of(envelope.references());
        if (references.isEmpty()) {
            references = MessageIds.of(envelope.inReplyTo()).stream().limit(1).toList();
        }
        BaseSubject subject = BaseSubject.of(envelope.subject());
        Instant sent = envelope.sentAt();
        return new Ancestry(String.join(
                "|",
                own.isEmpty() ? "" : digest(own.get(0)),
                nearest(references).stream().map(Ancestry::digest).collect(Collectors.joining(",")),
                subject.text().isEmpty() ? "" : digest(subject.text()),
                subject.isAnswer() ? "re" : "",
                sent == null ? "" : Long.toString(sent.getEpochSecond())));
    }

    private static List<String> nearest(List<String> references) {
        if (references.size() <= MOST_REFERENCES) {
            return references;
        }
        List<String> nearest = new ArrayList<>(MOST_REFERENCES);
        nearest.add(references.get(0));
        nearest.addAll(references.subList(references.size() - MOST_REFERENCES + 1, references.size()));
        return nearest;
    }

    private static String digest(String text) {
        return Fingerprint.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns its own Message-ID, or null where it has no valid one. */
    public @Nullable String messageId() {
        return orNull(MESSAGE_ID);
    }

    /**
     * Returns the messages it answers, the oldest first: of its References the first and the last ones, {@value #MOST_REFERENCES} at most, or
     * the first id of In-Reply-To where References has none.
     */
    public List<String> references() {
        String ids = field(REFERENCES);
        return ids.isEmpty() ? List.of() : List.of(BETWEEN_IDS.split(ids, -1));
    }

    /** Returns its subject without the marks of answers and forwards (RFC 5256 section 2.1), or null where nothing else is there. */
    public @Nullable String subject() {
        return orNull(SUBJECT);
    }

    /** Returns whether the subject had such marks. */
    public boolean isAnswer() {
        return !field(ANSWER).isEmpty();
    }

    /** Returns the Date field in whole seconds, or null where it has none that can be read. */
    public @Nullable Instant sentAt() {
        String seconds = field(SENT_AT);
        try {
            return seconds.isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (DateTimeException | NumberFormatException farAway) {
            return null;
        }
    }

    private @Nullable String orNull(int field) {
        String text = field(field);
        return text.isEmpty() ? null : text;
    }

    private String field(int number) {
        return BETWEEN_FIELDS.split(text, -1)[number];
    }

    @Override
    public String toString() {
        return "Ancestry[hidden]";
    }
}
