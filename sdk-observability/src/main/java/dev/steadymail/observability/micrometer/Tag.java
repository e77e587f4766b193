package dev.steadymail.observability.micrometer;

import dev.steadymail.event.ClientEvent.CacheEvent.Subject;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent.News;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.observability.OperationNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a metric is told apart by. Each has a closed list of words, in the order of the enum that they come from, so that a word is
 * found by its place; nothing else can become a tag.
 */
enum Tag {
    PROVIDER(words(Protocol.values()), "what was spoken"),
    /** Its words are {@code other} and the operations that are known, by name. */
    OPERATION(List.of(OperationNames.OTHER), "the provider's name for the request, `other` where it is not known"),
    LANE(words(Lane.values()), "how urgent it was"),
    /** Success comes first, then the kinds of failure. */
    OUTCOME(successOr(Kind.values()), "`success`, or what it failed with"),
    REASON(words(Kind.values()), "what the attempt failed with"),
    KIND(words(Kind.values()), "what the call failed with"),
    REACH(words(Reach.values()), "who has to wait"),
    THROTTLE(Metric.KIND_KEY, List.of("throttled", "concurrency"), "a pause, or fewer requests at once"),
    STATE(words(CircuitEvent.State.values()), "what the circuit is now"),
    LIMIT(List.of("account", "user", "project", "day", "shared", OperationNames.OTHER), "the limit's name"),
    SUBJECT(words(Subject.values()), "what was asked for"),
    SOURCE(List.of("memory", "shared", "source", "provider", "stale"), "what brought it"),
    MODE(words(SyncEvent.Mode.values()), "how changes were found"),
    CHANGE(List.of("created", "updated", "destroyed", "recovered"), "what became of the emails"),
    NEWS(words(News.values()), "what the watch told"),
    SENDING("outcome", words(SendEvent.Outcome.values()), "what became of the message");

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // List.of and its like make it
    private final List<String> words;

    private final String meaning;

    Tag(List<String> words, String meaning) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.words = words;
        this.meaning = meaning;
    }

    Tag(String key, List<String> words, String meaning) {
        this.key = key;
        this.words = words;
        this.meaning = meaning;
    }

    String key() {
        return key;
    }

    String meaning() {
        return meaning;
    }

    /** Returns all words it can have. */
    List<String> words(OperationNames operations) {
        return this == OPERATION
                ? Stream.concat(words.stream(), operations.known().stream().sorted())
                        .toList()
                : words;
    }

    private static List<String> words(Enum<?>[] values) {
        List<String> words = new ArrayList<>();
        for (Enum<?> value : values) {
            words.add(value.name().toLowerCase(Locale.ROOT));
        }
        return List.copyOf(words);
    }

    private static List<String> successOr(Kind[] kinds) {
        return Stream.concat(Stream.of("success"), words(kinds).stream()).toList();
    }
}
