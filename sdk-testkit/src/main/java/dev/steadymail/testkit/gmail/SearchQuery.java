package dev.steadymail.testkit.gmail;

import java.util.function.Predicate;

/** A parsed {@code q}, and whether it names spam or trash, which a list leaves out otherwise. */
record SearchQuery(Predicate<StoredMessage> condition, boolean reachesSpamTrash) {
    boolean matches(StoredMessage message) {
        return condition.test(message);
    }
}
