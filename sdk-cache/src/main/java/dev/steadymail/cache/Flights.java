package dev.steadymail.cache;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Lane;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Readings that are on their way, so that nobody reads the same at the same time. One that began before a change is forgotten: who asks
 * after the change does not get what was true before it. Thread-safe.
 */
final class Flights {
    private final ConcurrentMap<Object, Flight> emails = new ConcurrentHashMap<>();
    private final ConcurrentMap<Object, Flight> lists = new ConcurrentHashMap<>();
    private final ConcurrentMap<Object, Flight> contents = new ConcurrentHashMap<>();

    /**
     * A reading.
     *
     * @param result what came: null where there was nothing
     * @param lane for whom it was begun
     */
    record Flight(CompletableFuture<@Nullable Object> result, Lane lane) {
        Flight(Lane lane) {
            this(new CompletableFuture<>(), lane);
        }

        /** Returns whether somebody of a lane gets the answer this way no later than by asking. */
        boolean suits(Lane other) {
            return lane.compareTo(other) <= 0;
        }
    }

    /** An email at a level. */
    record EmailLoad(EmailId id, FetchLevel level) {}

    ConcurrentMap<Object, Flight> of(CachedKind kind) {
        return switch (kind) {
            case EMAIL -> emails;
            case CONTENT -> contents;
            case LIST, MAILBOXES, THREAD -> lists;
        };
    }

    void forget(EmailId id) {
        if (!emails.isEmpty()) {
            for (FetchLevel level : FetchLevel.values()) {
                emails.remove(new EmailLoad(id, level));
            }
        }
    }

    void forgetEmails() {
        emails.clear();
    }

    void forgetContents(Set<EmailId> ids) {
        contents.keySet().removeIf(key -> key instanceof CacheKey content && content.isOf(ids));
    }

    void forgetContents() {
        contents.clear();
    }

    void forgetLists() {
        lists.clear();
    }
}
