package dev.steadymail.thread;

import dev.steadymail.sync.StoredEmail;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Threads of what a store holds, at one moment: where the provider groups emails as it does, and elsewhere computed (RFC 5256, the
 * REFERENCES algorithm) from what a sync kept of their headers. A view: nothing of it is stored, and it does not follow the store; to
 * make it costs time and memory for all emails. Immutable.
 *
 * <pre>{@code
 * ComputedThreads threads = ComputedThreads.of(store.emails());
 * threads.of(email.id()).ifPresent(thread -> show(thread.emails()));
 * }</pre>
 *
 * <p>An email whose header was not read, as a store of an earlier version has them, is a thread of its own.
 */
public final class ComputedThreads {
    private static final Comparator<StoredEmail> BY_ARRIVAL = Comparator.comparing(
                    (StoredEmail stored) -> stored.email().receivedAt())
            .thenComparing(StoredEmail::id);

    private final List<ComputedThread> threads;
    private final Map<String, Integer> threadOf = new HashMap<>();

    private ComputedThreads(List<ComputedThread> threads) {
        this.threads = List.copyOf(threads);
        for (int i = 0; i < threads.size(); i++) {
            for (ComputedThread.Member member : threads.get(i).emails()) {
                threadOf.put(member.id(), i);
            }
        }
    }

    /** Returns threads by references and subjects: the algorithm to the letter, by which all that is called "Hello" is one thread. */
    public static ComputedThreads of(Stream<StoredEmail> emails) {
        return compute(emails, SubjectMerge::merge);
    }

    /** Returns threads by references alone: what answers without naming what it answers stands by itself. */
    public static ComputedThreads byReferences(Stream<StoredEmail> emails) {
        return compute(emails, UnaryOperator.identity());
    }

    private static ComputedThreads compute(Stream<StoredEmail> emails, UnaryOperator<List<Node>> merge) {
        ReferenceLinks links = new ReferenceLinks();
        GivenThreads given = new GivenThreads();
        emails.sorted(BY_ARRIVAL).forEach(stored -> {
            if (!given.took(stored)) {
                links.add(stored);
            }
        });
        List<Node> roots = Forest.pruned(links.roots());
        Forest.sort(roots);
        roots = merge.apply(roots);
        roots.addAll(Forest.pruned(given.roots()));
        Forest.sort(roots);
        return new ComputedThreads(roots.stream().map(Outline::of).toList());
    }

    /** Returns all threads, that with the oldest first email first. */
    public List<ComputedThread> all() {
        return threads;
    }

    /**
     * Returns the thread of an email.
     *
     * @param id the store's own id
     */
    public Optional<ComputedThread> of(String id) {
        return Optional.ofNullable(threadOf.get(id)).map(threads::get);
    }
}
