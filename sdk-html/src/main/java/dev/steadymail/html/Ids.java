package dev.steadymail.html;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of elements. A browser makes them properties of {@code document}, so those of a message must not be any name of the page. */
final class Ids {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private Ids() {}

    /** The name with the prefix, once; null for one that is too long or has odd characters. */
    static @Nullable String prefixed(String prefix, String name) {
        if (name.length() > 100 || !NAME.matcher(name).matches()) {
            return null;
        }
        return name.startsWith(prefix) ? name : prefix + name;
    }
}
