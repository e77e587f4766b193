package dev.steadymail.testkit.memory;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a caller of the in-memory server is.
 *
 * @param epoch cursors of an older epoch have expired
 * @param since the count of changes that is taken care of, or will be once the walk ends
 * @param walk whether everything is being listed, and why
 * @param after the last email that was listed
 */
record ChangeCursor(int epoch, long since, Walk walk, long after) {
    private static final Pattern TEXT =
            Pattern.compile("memory (\\d{1,9}) (\\d{1,15}) (NONE|FULL|RECOVERY) (\\d{1,15})");

    /** Why everything is listed. */
    enum Walk {
        NONE,
        FULL,
        RECOVERY
    }

    /** Returns where to go on, with an expired cursor turned into the start of a recovery. */
    static ChangeCursor of(@Nullable SyncCursor cursor, MailState.Snapshot now) {
        if (cursor == null) {
            return new ChangeCursor(now.epoch(), now.changes(), Walk.FULL, 0);
        }
        ChangeCursor parsed = parse(cursor);
        return parsed.epoch == now.epoch() ? parsed : new ChangeCursor(now.epoch(), now.changes(), Walk.RECOVERY, 0);
    }

    private static ChangeCursor parse(SyncCursor cursor) {
        Matcher parts = TEXT.matcher(cursor.value());
        if (!parts.matches()) {
            throw MailException.of(Kind.INVALID, "the cursor is of another provider; start with an empty store");
        }
        return new ChangeCursor(
                Integer.parseInt(parts.group(1)),
                Long.parseLong(parts.group(2)),
                Walk.valueOf(parts.group(3)),
                Long.parseLong(parts.group(4)));
    }

    ChangeCursor listedUpTo(long serial) {
        return new ChangeCursor(epoch, since, walk, serial);
    }

    ChangeCursor upTo(long changes) {
        return new ChangeCursor(epoch, changes, Walk.NONE, 0);
    }

    SyncCursor text() {
        return new SyncCursor("memory " + epoch + " " + since + " " + walk + " " + after);
    }
}
