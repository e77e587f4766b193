package dev.steadymail.html;

import org.jspecify.annotations.Nullable;

/** Which URL is written for one that was read; null for none. */
interface Urls {
    @Nullable
    String link(String raw);

    @Nullable
    String image(String raw);
}
