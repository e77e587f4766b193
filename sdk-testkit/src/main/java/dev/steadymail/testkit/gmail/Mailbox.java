package dev.steadymail.testkit.gmail;

import dev.steadymail.testkit.gmail.HistoryLog.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that one user has. Not threadsafe: used under the server's lock. */
final class Mailbox {
    private static final long FIRST_MESSAGE_ID = 0x19a4c00000000000L;
    private static final int MAX_MESSAGES = 1_000_000;

    /** Newest first, as the API lists; ids rise, so they order messages of the same millisecond. */
    private static final Comparator<StoredMessage> NEWEST_FIRST = Comparator.comparing(StoredMessage::internalDate)
            .thenComparing(StoredMessage::id)
            .reversed();

    private final String address;
    private final InstantSource clock;
    private final LabelTable labels = new LabelTable();
    private final HistoryLog history;
    private final Map<String, StoredMessage> messages = new LinkedHashMap<>();
    private final ThreadIndex threads = new ThreadIndex();
    private final DraftTable drafts = new DraftTable();
    private final SettingsTable settings = new SettingsTable();
    private final ChangeListener listener;
    private long lastMessageId = FIRST_MESSAGE_ID;

    /** Is told of each change, under the server's lock. */
    interface ChangeListener {
        void changed(Mailbox mailbox, List<Change> changes);
    }

    Mailbox(String address, InstantSource clock, long firstHistoryId, ChangeListener listener) {
        this.listener = listener;
        this.address = address;
        this.clock = clock;
        this.history = new HistoryLog(firstHistoryId);
    }

    String address() {
        return address;
    }

    InstantSource clock() {
        return clock;
    }

    LabelTable labels() {
        return labels;
    }

    HistoryLog history() {
        return history;
    }

    DraftTable drafts() {
        return drafts;
    }

    SettingsTable settings() {
        return settings;
    }

    StoredMessage get(String id) {
        StoredMessage message = messages.get(id);
        if (message == null) {
            throw ApiException.notFound();
        }
        return message;
    }

    @Nullable
    StoredMessage find(String id) {
        return messages.get(id);
    }

    List<StoredMessage> newestFirst() {
        List<StoredMessage> all = new ArrayList<>(messages.values());
        all.sort(NEWEST_FIRST);
        return all;
    }

    /** Returns the messages of a thread, oldest first. */
    List<StoredMessage> thread(String threadId) {
        List<StoredMessage> found = new ArrayList<>(messages.values());
        found.removeIf(message -> !message.threadId().equals(threadId));
        found.sort(NEWEST_FIRST.reversed());
        if (found.isEmpty()) {
            throw ApiException.notFound();
        }
        return found;
    }

    int messageCount() {
        return messages.size();
    }

    int threadCount() {
        Set<String> ids = new LinkedHashSet<>();
        messages.values().forEach(message -> ids.add(message.threadId()));
        return ids.size();
    }

    /**
     * Stores the bytes as they are. With a {@code wantedThread} the message joins it if the subject fits, otherwise
     * its references decide.
     */
    StoredMessage add(byte[] raw, Collection<String> labelIds, Instant internalDate, @Nullable String wantedThread) {
        labels.requireKnown(labelIds);
        if (messages.size() >= MAX_MESSAGES) {
            throw ApiException.invalid("Too many messages: the limit is " + MAX_MESSAGES);
        }
        if (wantedThread != null) {
            thread(wantedThread);
        }
        MimePart mime = MimeReader.read(raw);
        String id = nextMessageId();
        String threadId = threads.threadFor(mime, wantedThread, id);
        Instant received = internalDate.truncatedTo(ChronoUnit.MILLIS);
        StoredMessage message = new StoredMessage(id, threadId, raw, received, labelIds);
        messages.put(id, message);
        threads.add(message);
        if (message.has("DRAFT")) {
            drafts.create(id);
        }
        record(message, List.of(Change.of(HistoryLog.Type.MESSAGE_ADDED, message, List.of())));
        return message;
    }

    StoredMessage modify(String id, Collection<String> add, Collection<String> remove) {
        labels.requireKnown(add);
        labels.requireKnown(remove);
        StoredMessage message = get(id);
        Set<String> removed = new LinkedHashSet<>(remove);
        removed.addAll(displacedBy(add));
        removed.removeAll(add);
        List<String> gone = message.removeLabels(removed);
        List<String> come = message.addLabels(add);
        List<Change> changes = new ArrayList<>();
        if (!come.isEmpty()) {
            changes.add(Change.of(HistoryLog.Type.LABEL_ADDED, message, come));
        }
        if (!gone.isEmpty()) {
            changes.add(Change.of(HistoryLog.Type.LABEL_REMOVED, message, gone));
        }
        record(message, changes);
        return message;
    }

    void delete(String id) {
        StoredMessage message = get(id);
        messages.remove(id);
        drafts.removeMessage(id);
        record(message, List.of(Change.of(HistoryLog.Type.MESSAGE_DELETED, message, List.of())));
    }

    void deleteLabel(String labelId) {
        LabelTable.Label label = labels.get(labelId);
        if (!label.system()) {
            for (StoredMessage message : List.copyOf(messages.values())) {
                modify(message.id(), List.of(), List.of(labelId));
            }
        }
        labels.delete(labelId);
    }

    private void record(StoredMessage message, List<Change> changes) {
        if (!changes.isEmpty()) {
            message.changedAt(history.append(changes));
            listener.changed(this, changes);
        }
    }

    private String nextMessageId() {
        lastMessageId += 0x1_0001;
        return String.format(Locale.ROOT, "%016x", lastMessageId);
    }

    /** A message is in the inbox, in spam or in the trash, never in two of them. */
    private static Set<String> displacedBy(Collection<String> added) {
        if (added.contains("TRASH")) {
            return Set.of("INBOX", "SPAM");
        }
        if (added.contains("SPAM")) {
            return Set.of("INBOX", "TRASH");
        }
        return added.contains("INBOX") ? Set.of("SPAM", "TRASH") : Set.of();
    }
}
