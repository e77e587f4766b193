package dev.steadymail.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next what to give as {@code after} for the page behind this one; null on the last
 */
public record Items<T>(List<T> items, @Nullable String next) {
    public Items {
        items = List.copyOf(items);
    }

    /** Returns a list that is whole in one page. */
    public static <T> Items<T> all(List<T> items) {
        return new Items<>(items, null);
    }
}
