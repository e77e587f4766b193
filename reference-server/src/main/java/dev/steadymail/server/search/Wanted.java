package dev.steadymail.server.search;

import dev.steadymail.server.search.Condition.Has;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is searched for.
 *
 * @param words all of these have to be found; of each list one is enough
 * @param conditions all of these have to be true
 */
record Wanted(List<List<Term>> words, List<Condition> conditions) {
    Wanted {
        words = words.stream().map(List::copyOf).toList();
        conditions = List.copyOf(conditions);
    }

    /** Returns this with more conditions. */
    Wanted and(List<Condition> more) {
        return new Wanted(
                words, Stream.concat(conditions.stream(), more.stream()).toList());
    }

    /** Returns whether there is something to look for in the index of words. */
    boolean hasText() {
        return !words.isEmpty() || texts().findAny().isPresent();
    }

    /** Returns the texts that fields have to have in them. */
    Stream<String> texts() {
        return conditions.stream()
                .filter(Has.class::isInstance)
                .map(Has.class::cast)
                .map(Has::text);
    }

    /** Returns the texts that every email has that is found. */
    List<String> required() {
        return Stream.concat(
                        words.stream()
                                .filter(group -> group.size() == 1)
                                .map(group -> group.get(0))
                                .filter(term -> !term.excluded())
                                .map(Term::text),
                        texts())
                .toList();
    }

    /** Returns the texts that are worth showing where they were found. */
    List<String> shown() {
        return Stream.concat(
                        words.stream()
                                .flatMap(List::stream)
                                .filter(term -> !term.excluded())
                                .map(Term::text),
                        texts())
                .toList();
    }

    @Override
    public String toString() {
        return "Wanted[hidden]";
    }
}
