package dev.steadymail.gmail.upload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far a resumable upload is, by the Range field of a 308. */
public final class ReceivedRange {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private ReceivedRange() {}

    /** Returns how many octets the server has: none where the field is missing or cannot be read, so that it is sent all again. */
    public static long octets(@Nullable String range) {
        Matcher read = RANGE.matcher(range == null ? "" : range.strip());
        return read.matches() ? Long.parseLong(read.group(1)) + 1 : 0;
    }
}
