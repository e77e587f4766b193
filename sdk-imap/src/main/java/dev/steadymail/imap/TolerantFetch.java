package dev.steadymail.imap;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.command.UidFetch;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * UID FETCH that goes on where one message cannot be read. Says whether all that was asked for can have come: a response that could not
 * be read, or a refusal that may be about one message only, leaves that open.
 */
final class TolerantFetch {
    private final ImapConnection connection;
    private final List<UidSet> answered = new ArrayList<>();
    private int roomForEach;
    private boolean complete = true;

    TolerantFetch(ImapConnection connection) {
        this.connection = connection;
    }

    /** Sets how many octets of content each message may have, where they are handed on as they come; else all of them may have 8 MiB. */
    TolerantFetch roomForEach(int octets) {
        roomForEach = octets;
        return this;
    }

    /** Fetches, handing on what has a UID; unasked-for news about other messages comes through as well. */
    TolerantFetch run(UidSet uids, String items, Consumer<Fetched> each) {
        return run(connection.lines(uids), items, each);
    }

    /** Fetches with several sets as they go on the wire, one command each. */
    TolerantFetch run(List<String> sets, String items, Consumer<Fetched> each) {
        List<UidFetch> fetches = new ArrayList<>(sets.size());
        sets.forEach(set -> fetches.add(fetch(set, items, each)));
        List<ResponseCode> answers = connection.attemptEach(fetches);
        for (int i = 0; i < answers.size(); i++) {
            note(fetches.get(i), answers.get(i));
        }
        return this;
    }

    /** Fetches with a set as it goes on the wire. */
    TolerantFetch run(String set, String items, Consumer<Fetched> each) {
        return run(fetch(set, items, each));
    }

    private UidFetch fetch(String set, String items, Consumer<Fetched> each) {
        UidFetch fetch = UidFetch.of(set, items, taking(each));
        return roomForEach == 0 ? fetch : fetch.roomForEach(roomForEach);
    }

    /**
     * Fetches what changed since a mod-sequence.
     *
     * @return false where the server does not understand that, although it told a mod-sequence
     */
    boolean runSince(long modSeq, String items, Consumer<Fetched> each) {
        UidFetch fetch = UidFetch.of("1:*", items, taking(each)).changedSince(modSeq, false);
        Command command = fetch.command();
        ResponseCode answer = connection.attempt(command, fetch::observe);
        if (answer.isBad()) {
            return false;
        }
        TolerantFetch unused = note(fetch, answer);
        return true;
    }

    private TolerantFetch run(UidFetch fetch) {
        return note(fetch, connection.attempt(fetch.command(), fetch::observe));
    }

    private TolerantFetch note(UidFetch fetch, ResponseCode answer) {
        if (!answer.isOk()) {
            tolerate(connection.refusal("UID FETCH", answer), answer);
        }
        UidFetch.Fetched told = fetch.soFar();
        answered.add(told.answered());
        complete &= told.isComplete();
        return this;
    }

    private static Consumer<Reply> taking(Consumer<Fetched> each) {
        return reply -> {
            if (reply.response() instanceof Response.Fetch fetch) {
                each.accept(new Fetched(fetch.data(), reply.contents()));
            }
        };
    }

    /** Returns whether no message can have been passed over. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the UIDs that did not come although they may be there: all, or those that were answered without what was asked. */
    Set<Long> missing(Set<Long> asked, Set<Long> came) {
        Set<Long> missing = new LinkedHashSet<>(asked);
        missing.removeAll(came);
        if (complete) {
            UidSet told = UidSet.union(answered);
            missing.removeIf(uid -> !told.contains(uid));
        }
        return missing;
    }

    /** A plain NO means that some message could not be read (RFC 5530 knows UNKNOWN-CTE, Gmail writes text); the rest has come. */
    private void tolerate(MailException refusal, ResponseCode answer) {
        boolean aboutOneMessage = answer.isNo()
                && refusal.retryAt().isEmpty()
                && (answer.code() == null
                        || answer.has("UNKNOWN-CTE")
                        || answer.has("EXPUNGEISSUED")
                        || answer.has("SERVERBUG"))
                && refusal.kind() != Kind.THROTTLED
                && refusal.kind() != Kind.CONCURRENCY;
        if (!aboutOneMessage) {
            throw refusal;
        }
        complete = false;
    }
}
