package dev.steadymail.accounts;

import org.jspecify.annotations.Nullable;

/** A text cut at its first {@code ?}; a parameter's value may hold {@code @} and more of {@code ?}. */
record Parts(String before, @Nullable String query) {
    static Parts of(String text) {
        int mark = text.indexOf('?');
        return mark < 0 ? new Parts(text, null) : new Parts(text.substring(0, mark), text.substring(mark + 1));
    }
}
