package dev.steadymail.sync;

import dev.steadymail.provider.SyncCursor;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an engine keeps as its cursor: the provider's, and when the last run began that came to its end. Cursors of earlier versions have
 * no time.
 *
 * @param completed to the millisecond; null where no run is known to have come to its end
 * @param cursor the provider's; null where the provider told none yet
 */
record CursorStamp(@Nullable Instant completed, @Nullable SyncCursor cursor) {
    private static final Pattern FORM = Pattern.compile("s1,(-?\\d{1,15})?,(?s)(.*)");

    static CursorStamp of(Optional<SyncCursor> kept) {
        return kept.map(CursorStamp::parse).orElse(new CursorStamp(null, null));
    }

    private static CursorStamp parse(SyncCursor kept) {
        Matcher form = FORM.matcher(kept.value());
        if (!form.matches()) {
            return new CursorStamp(null, kept);
        }
        String millis = form.group(1);
        String cursor = form.group(2);
        return new CursorStamp(
                millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis)),
                cursor.isEmpty() ? null : new SyncCursor(cursor));
    }

    /** Returns the stamp once a page was applied, its run begun at {@code began}. */
    CursorStamp after(SyncCursor next, boolean last, Instant began) {
        return new CursorStamp(last ? began : completed, next);
    }

    SyncCursor toCursor() {
        String millis = completed == null ? "" : Long.toString(completed.toEpochMilli());
        return new SyncCursor("s1," + millis + "," + (cursor == null ? "" : cursor.value()));
    }
}
