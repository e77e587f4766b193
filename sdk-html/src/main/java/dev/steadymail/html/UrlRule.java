package dev.steadymail.html;

import org.jspecify.annotations.Nullable;

/**
 * Says which URL stands for one that a message names. It is called on the thread that sanitizes, from several at once if the sanitizer
 * is shared, and what it throws reaches the caller.
 */
@FunctionalInterface
public interface UrlRule {
    /** Takes every URL as it is. */
    UrlRule KEEP = url -> url;

    /** Takes none. */
    UrlRule NONE = unusedUrl -> null;

    /**
     * Returns the URL to use, or null for none.
     *
     * @param url what the message names, already in a form that is allowed
     */
    @Nullable
    String apply(String url);
}
