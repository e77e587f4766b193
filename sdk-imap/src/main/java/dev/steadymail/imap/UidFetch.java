package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * One UID FETCH (RFC 3501 section 6.4.8). Says whether all that was asked for can have come: a response that could not be read, or
 * a refusal that may be about one message only, leaves that open.
 */
final class UidFetch {
    private final ImapConnection connection;
    private final Set<Long> answered = new HashSet<>();
    private boolean complete = true;

    UidFetch(ImapConnection connection) {
        this.connection = connection;
    }

    /** Fetches, handing on what has a UID; unasked-for news about other messages comes through as well. */
    UidFetch run(UidSet uids, String items, Consumer<FetchResponse> each) {
        for (String line : uids.lines()) {
            run(line + " " + items, each);
        }
        return this;
    }

    /** Fetches with a set and items as they go on the wire. */
    UidFetch run(String arguments, Consumer<FetchResponse> each) {
        ResponseCode answer =
                connection.attempt("UID FETCH", Arguments.atoms(arguments), response -> observe(response, each));
        if (!answer.isOk()) {
            tolerate(connection.refusal("UID FETCH", answer), answer);
        }
        return this;
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
            missing.retainAll(answered);
        }
        return missing;
    }

    private void observe(IMAPResponse response, Consumer<FetchResponse> each) {
        if (!response.keyEquals("FETCH")) {
            return;
        }
        if (response instanceof FetchResponse readable) {
            if (FetchItems.uid(readable) > 0) {
                answered.add(FetchItems.uid(readable));
                each.accept(readable);
            }
        } else {
            complete = false;
        }
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
