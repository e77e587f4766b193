package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.codec.UidSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * UID STORE (RFC 3501 section 6.4.6), of messages that nobody changed meanwhile where that is wanted (RFC 7162 section 3.1.3). The result
 * is the UIDs that were left alone because somebody had. Without {@link #unchangedSince}, doing it twice is as doing it once.
 */
public final class UidStore implements Exchange<UidSet> {
    private final String uids;
    private final String how;
    private final List<String> flags;
    private final String modifier;
    private final Consumer<Reply> each;
    private final List<UidSet> modified = new ArrayList<>();

    private UidStore(String uids, String how, Collection<String> flags, String modifier, Consumer<Reply> each) {
        this.uids = uids;
        this.how = how;
        this.flags = List.copyOf(flags);
        this.modifier = modifier;
        this.each = each;
    }

    /** Adds flags, as the mailbox spells them; what they are afterwards is not told. */
    public static UidStore add(String uids, Collection<String> flags) {
        return new UidStore(uids, "+FLAGS.SILENT", flags, "", ignored -> {});
    }

    /** Removes flags. */
    public static UidStore remove(String uids, Collection<String> flags) {
        return new UidStore(uids, "-FLAGS.SILENT", flags, "", ignored -> {});
    }

    /** Replaces all flags; none may be given. */
    public static UidStore replace(String uids, Collection<String> flags) {
        return new UidStore(uids, "FLAGS.SILENT", flags, "", ignored -> {});
    }

    /** Leaves alone what changed after a mod-sequence; the server needs CONDSTORE. */
    public UidStore unchangedSince(long modSeq) {
        if (modSeq < 0) {
            throw new IllegalArgumentException("a mod-sequence must not be negative, was " + modSeq);
        }
        return new UidStore(uids, how, flags, "(UNCHANGEDSINCE " + modSeq + ")", each);
    }

    /** Has the server tell the flags afterwards; takes each FETCH response that states a UID. */
    public UidStore telling(Consumer<Reply> each) {
        return new UidStore(uids, how.replace(".SILENT", ""), flags, modifier, each);
    }

    @Override
    public Command command() {
        Command command = Command.named("UID STORE").uids(uids);
        command = modifier.isEmpty() ? command : command.words(modifier);
        return command.words(how).flags(flags);
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Fetch fetch
                && fetch.data().message().uid() > 0) {
            each.accept(reply);
        } else if (reply.response() instanceof Response.Untagged status) {
            modified.add(modified(status.said()));
        }
    }

    @Override
    public UidSet result(StatusText completed) {
        modified.add(modified(completed));
        return UidSet.union(modified);
    }

    /** Returns the UIDs that a completion, OK or NO, says were left alone; empty where it says nothing. */
    public static UidSet modified(StatusText said) {
        return "MODIFIED".equals(said.code()) ? UidSet.parse(said.arguments()) : UidSet.EMPTY;
    }
}
