package dev.steadymail.send;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Entries in memory, in the orders they are asked for. Not thread-safe. */
final class EntryTable {
    private record At(Instant at, String key) implements Comparable<At> {
        @Override
        public int compareTo(At other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : key.compareTo(other.key);
        }
    }

    private final Map<String, OutboxEntry> entries = new HashMap<>();
    private final Map<OutboxState, NavigableSet<At>> due = new EnumMap<>(OutboxState.class);
    private final NavigableSet<At> left = new TreeSet<>();
    private int waiting;

    Optional<OutboxEntry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    boolean isNext(OutboxEntry next) {
        OutboxEntry now = entries.get(next.key());
        return now != null && now.version() + 1 == next.version();
    }

    void put(OutboxEntry entry) {
        remove(entry.key());
        entries.put(entry.key(), entry);
        waiting += entry.isSettled() ? 0 : 1;
        if (entry.dueAt() != null) {
            due(entry.state()).add(new At(entry.dueAt(), entry.key()));
        }
        if (entry.leftAt() != null) {
            left.add(new At(entry.leftAt(), entry.key()));
        }
    }

    void remove(String key) {
        OutboxEntry old = entries.remove(key);
        if (old == null) {
            return;
        }
        waiting -= old.isSettled() ? 0 : 1;
        if (old.dueAt() != null) {
            due(old.state()).remove(new At(old.dueAt(), key));
        }
        if (old.leftAt() != null) {
            left.remove(new At(old.leftAt(), key));
        }
    }

    private NavigableSet<At> due(OutboxState state) {
        return due.computeIfAbsent(state, unused -> new TreeSet<>());
    }

    List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most) {
        return states.stream()
                .flatMap(state -> due(state).stream()
                        .takeWhile(each -> !each.at.isAfter(until))
                        .limit(most))
                .sorted()
                .limit(most)
                .map(each -> entries.get(each.key))
                .toList();
    }

    Optional<Instant> nextDue(Set<OutboxState> states) {
        return states.stream()
                .map(this::due)
                .filter(all -> !all.isEmpty())
                .map(all -> all.first().at)
                .min(Instant::compareTo);
    }

    Optional<Instant> left(int nth) {
        return left.descendingSet().stream().skip(nth - 1L).findFirst().map(At::at);
    }

    List<OutboxEntry> list(int most) {
        return entries.values().stream()
                .sorted(Comparator.comparing(
                                (OutboxEntry entry) -> entry.message().createdAt())
                        .reversed()
                        .thenComparing(OutboxEntry::key))
                .limit(most)
                .toList();
    }

    int waiting() {
        return waiting;
    }

    List<OutboxEntry> settledBefore(Instant before) {
        return entries.values().stream()
                .filter(entry -> entry.isSettled() && entry.changedAt().isBefore(before))
                .toList();
    }
}
