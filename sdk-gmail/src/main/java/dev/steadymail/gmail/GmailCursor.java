package dev.steadymail.gmail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far changes have been taken, as text with a version.
 *
 * @param phase what the next page does
 * @param historyId where history has to be read from, unsigned 64 bits; for {@link Phase#RECOVER} the one that expired
 * @param scope fingerprint of the mailboxes asked for
 * @param expected messages in all as of the first page, -1 where not told
 * @param step which list is being read, or how often the comparison gave a page
 * @param until where history stood when its first page was read, null before; changes that came between two pages may be in none
 *     of them, so the next run reads from here
 * @param pageToken Gmail's own, null at the start of a list
 */
record GmailCursor(
        Phase phase,
        BigInteger historyId,
        String scope,
        long expected,
        int step,
        @Nullable BigInteger until,
        @Nullable String pageToken) {
    private static final Pattern FORMAT = Pattern.compile(
            "gmail1;(LIST|HISTORY|RECOVER);(\\d{1,20});([0-9a-f]{1,16});(-1|\\d{1,18});(\\d{1,9});(\\d{0,20});(.*)",
            Pattern.DOTALL);

    /** What is being read. */
    enum Phase {
        /** Everything there is, page by page. */
        LIST,
        /** What changed since a history id. */
        HISTORY,
        /** Everything there is, to compare it with what is known. */
        RECOVER
    }

    static GmailCursor parse(SyncCursor cursor) {
        Matcher matcher = FORMAT.matcher(cursor.value());
        if (!matcher.matches()) {
            throw MailException.of(
                    Kind.INVALID, "the cursor is not one of this Gmail provider; start with an empty store");
        }
        return new GmailCursor(
                Phase.valueOf(matcher.group(1)),
                new BigInteger(matcher.group(2)),
                matcher.group(3),
                Long.parseLong(matcher.group(4)),
                Integer.parseInt(matcher.group(5)),
                matcher.group(6).isEmpty() ? null : new BigInteger(matcher.group(6)),
                matcher.group(7).isEmpty() ? null : matcher.group(7));
    }

    static GmailCursor history(BigInteger historyId, String scope) {
        return new GmailCursor(Phase.HISTORY, historyId, scope, -1, 0, null, null);
    }

    SyncCursor toSyncCursor() {
        String end = until == null ? "" : until.toString();
        String token = pageToken == null ? "" : pageToken;
        return new SyncCursor(
                String.join(";", "gmail1", phase.name(), "" + historyId, scope, "" + expected, "" + step, end, token));
    }

    GmailCursor at(int step, @Nullable String pageToken) {
        return new GmailCursor(phase, historyId, scope, expected, step, until, pageToken);
    }

    /** Returns the place of a further page of history. */
    GmailCursor at(String pageToken, @Nullable BigInteger until) {
        return new GmailCursor(phase, historyId, scope, expected, 0, until, pageToken);
    }

    /** Returns the next comparison step. */
    GmailCursor compared(String scope) {
        return new GmailCursor(phase, historyId, scope, -1, step + 1, null, null);
    }

    GmailCursor recovering() {
        return new GmailCursor(Phase.RECOVER, historyId, scope, -1, 0, null, null);
    }
}
