package dev.steadymail.testkit.memory;

import dev.steadymail.content.Content;
import dev.steadymail.content.ContentSink;
import dev.steadymail.content.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.ParkedEmail;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A content sink in memory, for tests; it can be told to fail. Thread-safe. */
public final class InMemoryContentSink implements ContentSink {
    /** Guarded by this object, as all else. */
    private final Map<Key, byte[]> contents = new LinkedHashMap<>();

    private final Map<EmailId, Wanted> completed = new LinkedHashMap<>();
    private final List<ParkedEmail> parked = new ArrayList<>();
    private @Nullable IOException failure;
    private int failures;

    /** Starts empty. */
    public InMemoryContentSink() {}

    /** Fails the next {@code times} writes, after their octets were read. */
    public synchronized void failNext(int times, IOException failure) {
        this.failure = failure;
        this.failures = times;
    }

    /** Returns a content, or empty where it is not held; by part, empty text for the whole message. */
    public synchronized Optional<byte[]> content(EmailId email, String partId) {
        return Optional.ofNullable(contents.get(new Key(email, partId))).map(byte[]::clone);
    }

    /** Returns the ids of an email's parts that are held, empty text for the whole message, in the order they came. */
    public synchronized List<String> parts(EmailId email) {
        return contents.keySet().stream()
                .filter(key -> key.email.equals(email))
                .map(Key::partId)
                .toList();
    }

    /** Returns the emails that are complete, in the order they became so. */
    public synchronized List<EmailId> completed() {
        return List.copyOf(completed.keySet());
    }

    /** Returns what was parked so far, the same email perhaps more than once. */
    public synchronized List<ParkedEmail> parked() {
        return List.copyOf(parked);
    }

    @Override
    public synchronized Set<EmailId> complete(Collection<EmailId> emails, Wanted wanted) {
        Set<EmailId> complete = new HashSet<>(emails);
        complete.removeIf(email -> {
            Wanted had = completed.get(email);
            return had == null || !had.covers(wanted);
        });
        return complete;
    }

    @Override
    public synchronized boolean holds(EmailId email, String partId) {
        return contents.containsKey(new Key(email, partId));
    }

    @Override
    public void write(Content content, InputStream octets) throws IOException {
        byte[] all = octets.readAllBytes();
        synchronized (this) {
            if (failures > 0 && failure != null) {
                failures--;
                throw failure;
            }
            contents.put(new Key(content.email(), content.partId()), all);
        }
    }

    @Override
    public synchronized void completed(EmailId email, Wanted wanted) {
        completed.remove(email);
        completed.put(email, wanted);
    }

    @Override
    public synchronized void parked(ParkedEmail email) {
        parked.add(email);
    }

    private record Key(EmailId email, String partId) {}
}
