package dev.steadymail.send;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An {@link OutboxStore} that ends with its process: what waits then is lost, and what was being sent is never looked for. Good for
 * tests, and where whoever sends can start over. Thread-safe.
 */
public final class MemoryOutboxStore implements OutboxStore {
    private final EntryTable table = new EntryTable();
    private final Map<String, RawContent> contents = new HashMap<>();

    @Override
    public synchronized Optional<OutboxEntry> add(OutboxEntry entry, RawContent content) {
        Optional<OutboxEntry> there = table.find(entry.key());
        if (there.isEmpty()) {
            table.put(entry);
            contents.put(entry.key(), content);
        }
        return there;
    }

    @Override
    public synchronized Optional<OutboxEntry> find(String key) {
        return table.find(key);
    }

    @Override
    public synchronized RawContent content(OutboxEntry entry) {
        RawContent content = contents.get(entry.key());
        if (content == null) {
            throw MailException.of(Kind.STORAGE, "the message's content was dropped when it was settled");
        }
        return content;
    }

    @Override
    public synchronized boolean replace(OutboxEntry next) {
        if (!table.isNext(next)) {
            return false;
        }
        table.put(next);
        if (next.state().isFinal() && next.isSettled()) {
            contents.remove(next.key());
        }
        return true;
    }

    @Override
    public synchronized List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most) {
        return table.due(states, until, most);
    }

    @Override
    public synchronized Optional<Instant> nextDue(Set<OutboxState> states) {
        return table.nextDue(states);
    }

    @Override
    public synchronized Optional<Instant> left(int nth) {
        return table.left(nth);
    }

    @Override
    public synchronized List<OutboxEntry> list(int most) {
        return table.list(most);
    }

    @Override
    public synchronized int waiting() {
        return table.waiting();
    }

    @Override
    public synchronized int forget(Instant settledBefore) {
        List<OutboxEntry> old = table.settledBefore(settledBefore);
        for (OutboxEntry entry : old) {
            table.remove(entry.key());
            contents.remove(entry.key());
        }
        return old.size();
    }
}
