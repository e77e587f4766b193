package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.codec.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * UID SEARCH (RFC 3501 section 6.4.4), answered by ranges where the server has ESEARCH (RFC 4731), or by a part of them with PARTIAL (RFC
 * 9394). What the server finds is not checked.
 */
public final class UidSearch implements Exchange<UidSet> {
    /** More than any mailbox holds; a server that claims more would have us allocate without end. */
    public static final long MOST = 10_000_000;

    /** A server may tell in as many responses as it likes; so many are kept before they are put together. */
    private static final int MOST_PIECES = 1_000;

    private static final Pattern RANGE =
            Pattern.compile("[1-9][0-9]{0,9}:[1-9][0-9]{0,9}|-[1-9][0-9]{0,9}:-[1-9][0-9]{0,9}");

    private final SearchKeys keys;
    private final String returned;
    private final boolean utf8;
    private final boolean silent;
    private final List<UidSet> found = new ArrayList<>();
    private long total;
    private boolean answered;
    private boolean unreadable;

    private UidSearch(SearchKeys keys, String returned, boolean utf8, boolean silent) {
        this.keys = keys;
        this.returned = returned;
        this.utf8 = utf8;
        this.answered = silent;
        this.silent = silent;
    }

    /** Searches the selected mailbox, answered by single numbers. */
    public static UidSearch of(SearchKeys keys) {
        return new UidSearch(keys, "", false, false);
    }

    /** Has it answered by ranges; the server needs ESEARCH. */
    public UidSearch extended() {
        return new UidSearch(keys, "RETURN (ALL)", utf8, silent);
    }

    /**
     * Has a part answered.
     *
     * @param range places in the whole answer, from the lowest UID {@code 1:500}, or from the highest {@code -1:-500}; the server needs
     *     PARTIAL, which comes with ESEARCH
     */
    public UidSearch partial(String range) {
        if (!RANGE.matcher(range).matches()) {
            throw new IllegalArgumentException("a range is two numbers of one sign, none of them 0");
        }
        return new UidSearch(keys, "RETURN (PARTIAL " + range + ")", utf8, silent);
    }

    /** Says that UTF8=ACCEPT was enabled: then all texts are UTF-8, and naming a charset is an error (RFC 6855 section 3). */
    public UidSearch utf8Enabled() {
        return new UidSearch(keys, returned, true, silent);
    }

    /**
     * Takes a completion without an answer for nothing found: some servers say nothing then, against RFC 3501 section 7.2.5. Not for
     * those who compare what is found with what they know.
     */
    public UidSearch silentWhereNone() {
        return new UidSearch(keys, returned, utf8, true);
    }

    @Override
    public Command command() {
        Command command = Command.named("UID SEARCH");
        command = returned.isEmpty() ? command : command.words(returned);
        command = utf8 || keys.isAscii() ? command : command.words("CHARSET UTF-8");
        return keys.addTo(command);
    }

    @Override
    public void observe(Reply reply) {
        Response response = reply.response();
        if (response instanceof Response.Search search) {
            take(search.numbers());
        } else if (response instanceof Response.ExtendedSearch search) {
            take(search.all());
        } else if (response instanceof Response.Unreadable lost
                && (lost.keyword().equals("SEARCH") || lost.keyword().equals("ESEARCH"))) {
            unreadable = true;
        }
    }

    private void take(UidSet uids) {
        answered = true;
        total += uids.size();
        if (total <= MOST && !uids.isEmpty()) {
            found.add(uids);
        }
        if (found.size() == MOST_PIECES) {
            UidSet together = UidSet.union(found);
            found.clear();
            found.add(together);
        }
    }

    /**
     * Returns what was found.
     *
     * @throws NoAnswerException where the server told nothing, or something that cannot be read: to take this for an empty mailbox would
     *     drop every email of it
     * @throws TooManyException where it is more than {@link #MOST}
     */
    @Override
    public UidSet result(StatusText completed) {
        if (!answered || unreadable) {
            throw new NoAnswerException("UID SEARCH");
        }
        if (total > MOST) {
            throw new TooManyException(MOST);
        }
        return UidSet.union(found);
    }
}
