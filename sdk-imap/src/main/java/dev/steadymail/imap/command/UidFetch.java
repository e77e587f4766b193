package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.codec.UidSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** UID FETCH (RFC 3501 section 6.4.8), of all or of what changed (RFC 7162 sections 3.1.4.1 and 3.2.6). */
public final class UidFetch implements Exchange<UidFetch.Fetched> {
    private static final Pattern ITEMS = Pattern.compile("[A-Za-z0-9.\\[\\]()<>_ -]{1,2000}");

    private final String uids;
    private final String items;
    private final String modifier;
    /** 0 where all answers share the usual room. */
    private final int roomForEach;

    private final Consumer<Reply> each;
    private long[] answered = new long[16];
    private int count;
    private final List<UidSet> vanished = new ArrayList<>();
    private final List<MessageRef> unreadable = new ArrayList<>();

    private UidFetch(String uids, String items, String modifier, int roomForEach, Consumer<Reply> each) {
        this.uids = uids;
        this.items = items;
        this.modifier = modifier;
        this.roomForEach = roomForEach;
        this.each = each;
    }

    /**
     * How a fetch went.
     *
     * @param answered UIDs of the messages that were told of, among them such as changed meanwhile and were not asked for
     * @param vanished UIDs that are gone, as far as the server told
     * @param unreadable messages whose response could not be read and was not handed on, with UID 0 where even that could not: they may
     *     be there, and are to be asked for again
     */
    public record Fetched(UidSet answered, UidSet vanished, List<MessageRef> unreadable) {
        /** Takes a copy. */
        public Fetched {
            unreadable = List.copyOf(unreadable);
        }

        /** Answers whether no message can have been passed over. */
        public boolean isComplete() {
            return unreadable.isEmpty();
        }
    }

    /**
     * Fetches items of messages.
     *
     * @param uids a set that fits a line, {@code 1:3,7} or {@code 5:*} for example; {@code n:*} always matches the last message, even where
     *     its UID is less than n
     * @param items without parentheses around them, {@code UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE)]} for example
     * @param each takes each FETCH response that states a UID, while the answer is read
     * @throws IllegalArgumentException where items are none
     */
    public static UidFetch of(String uids, String items, Consumer<Reply> each) {
        if (!ITEMS.matcher(items).matches() || !isBalanced(items)) {
            throw new IllegalArgumentException("no items to fetch");
        }
        return new UidFetch(uids, items, "", 0, each);
    }

    /**
     * Restricts the fetch to what changed; the server needs CONDSTORE.
     *
     * @param modSeq changes up to it are known
     * @param withVanished whether to tell which UIDs are gone since; the server needs QRESYNC, enabled
     */
    public UidFetch changedSince(long modSeq, boolean withVanished) {
        if (modSeq < 0) {
            throw new IllegalArgumentException("a mod-sequence must not be negative, was " + modSeq);
        }
        String changed = "(CHANGEDSINCE " + modSeq + (withVanished ? " VANISHED)" : ")");
        return new UidFetch(uids, items, changed, roomForEach, each);
    }

    /** Sets how many octets of content each answer may bring, see {@link Command#roomForEach}. */
    public UidFetch roomForEach(int octets) {
        return new UidFetch(uids, items, modifier, octets, each);
    }

    @Override
    public Command command() {
        Command plain = Command.named("UID FETCH").uids(uids).words("(" + items + ")");
        Command command = roomForEach == 0 ? plain : plain.roomForEach(roomForEach);
        return modifier.isEmpty() ? command : command.words(modifier);
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Fetch fetch
                && fetch.data().message().uid() > 0) {
            answered = count == answered.length ? Arrays.copyOf(answered, 2 * count) : answered;
            answered[count++] = fetch.data().message().uid();
            each.accept(reply);
        } else if (reply.response() instanceof Response.Vanished gone) {
            vanished.add(gone.uids());
        } else if (reply.response() instanceof Response.Unreadable lost) {
            unreadable(lost);
        }
    }

    private void unreadable(Response.Unreadable lost) {
        if (lost.keyword().equals("FETCH") || lost.keyword().equals("VANISHED")) {
            MessageRef message = lost.message();
            unreadable.add(message == null ? new MessageRef(0, 0) : message);
        }
    }

    @Override
    public Fetched result(StatusText completed) {
        return soFar();
    }

    /** Returns how it has gone until now: a server that refuses at the end, for one message's sake, has often told of the others. */
    public Fetched soFar() {
        return new Fetched(UidSet.of(Arrays.copyOf(answered, count)), UidSet.union(vanished), unreadable);
    }

    private static boolean isBalanced(String items) {
        StringBuilder open = new StringBuilder();
        for (int i = 0; i < items.length(); i++) {
            char c = items.charAt(i);
            if (c == '(' || c == '[') {
                open.append(c == '(' ? ')' : ']');
            } else if (c == ')' || c == ']') {
                int last = open.length() - 1;
                if (last < 0 || open.charAt(last) != c) {
                    return false;
                }
                open.setLength(last);
            }
        }
        return open.length() == 0;
    }
}
