package dev.steadymail.testkit.send;

import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store that asks another one, for those that change some of it. */
class ForwardingStore implements OutboxStore {
    private final OutboxStore disk;

    ForwardingStore(OutboxStore disk) {
        this.disk = disk;
    }

    @Override
    public Optional<OutboxEntry> add(OutboxEntry entry, RawContent content) {
        return disk.add(entry, content);
    }

    @Override
    public boolean replace(OutboxEntry next) {
        return disk.replace(next);
    }

    @Override
    public int forget(Instant settledBefore) {
        return disk.forget(settledBefore);
    }

    @Override
    public Optional<OutboxEntry> find(String key) {
        return disk.find(key);
    }

    @Override
    public RawContent content(OutboxEntry entry) {
        return disk.content(entry);
    }

    @Override
    public List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most) {
        return disk.due(states, until, most);
    }

    @Override
    public Optional<Instant> nextDue(Set<OutboxState> states) {
        return disk.nextDue(states);
    }

    @Override
    public Optional<Instant> left(int nth) {
        return disk.left(nth);
    }

    @Override
    public List<OutboxEntry> list(int most) {
        return disk.list(most);
    }

    @Override
    public int waiting() {
        return disk.waiting();
    }
}
