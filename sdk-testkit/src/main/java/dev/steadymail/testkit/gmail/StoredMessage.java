package dev.steadymail.testkit.gmail;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message in a mailbox. Not threadsafe: used under the server's lock. */
final class StoredMessage {
    private static final int MAX_COMPARED_SUBJECT = 2_000;

    private final String id;
    private final String threadId;
    private final byte[] raw;
    private final Instant internalDate;
    private final Set<String> labels;
    private long historyId;
    private @Nullable MimePart mime;

    StoredMessage(String id, String threadId, byte[] raw, Instant internalDate, Collection<String> labels) {
        this.id = id;
        this.threadId = threadId;
        this.raw = raw.clone();
        this.internalDate = internalDate;
        this.labels = new LinkedHashSet<>(labels);
    }

    String id() {
        return id;
    }

    String threadId() {
        return threadId;
    }

    byte[] raw() {
        return raw;
    }

    Instant internalDate() {
        return internalDate;
    }

    List<String> labels() {
        return List.copyOf(labels);
    }

    boolean has(String label) {
        return labels.contains(label);
    }

    boolean isHidden() {
        return has("SPAM") || has("TRASH");
    }

    long historyId() {
        return historyId;
    }

    void changedAt(long newHistoryId) {
        this.historyId = newHistoryId;
    }

    /** Returns the labels that were not there before. */
    List<String> addLabels(Collection<String> added) {
        return added.stream().distinct().filter(labels::add).toList();
    }

    /** Returns the labels that were there before. */
    List<String> removeLabels(Collection<String> removed) {
        return removed.stream().distinct().filter(labels::remove).toList();
    }

    MimePart mime() {
        MimePart known = mime;
        if (known == null) {
            known = MimeReader.read(raw);
            mime = known;
        }
        return known;
    }

    /** Returns the Message-ID without angle brackets, empty if there is none. */
    String rfc822Id() {
        String value = mime().header("Message-ID");
        return value == null ? "" : value.replaceAll("[<>\\s]", "");
    }

    /** Returns the subject without reply and forward marks, for comparing. */
    static String baseSubject(MimePart mime) {
        String whole = mime.decodedHeader("Subject").toLowerCase(Locale.ROOT);
        String subject = whole.substring(0, Math.min(whole.length(), MAX_COMPARED_SUBJECT));
        return subject.replaceAll("^(\\s*(re|fwd?|aw|wg)\\s*(\\[\\d+])?:)+", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    GmailMessage snapshot() {
        return new GmailMessage(id, threadId, labels(), internalDate, historyId, raw);
    }
}
