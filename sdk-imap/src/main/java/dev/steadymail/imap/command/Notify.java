package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * NOTIFY (RFC 5465): the server tells of all of one's mailboxes over one connection, by STATUS, and of the selected one as with IDLE. Each
 * command replaces what was asked before. The result is the counters that came before the completion, each mailbox's current ones
 * where they were asked for.
 */
public final class Notify implements Exchange<List<Response.MailboxStatus>> {
    private static final Pattern ITEMS = Pattern.compile("[A-Z0-9.]+( [A-Z0-9.]+)*");
    /** RFC 5465 section 5: who wants to know of flags must want to know of both others. */
    private static final String ALL_EVENTS = "MessageExpunge FlagChange";

    private final String events;
    private final List<Response.MailboxStatus> counters = new ArrayList<>();

    private Notify(String events) {
        this.events = events;
    }

    /** Asks to be told nothing, not even of the selected mailbox. */
    public static Notify none() {
        return new Notify("NONE");
    }

    /**
     * Asks to be told of messages: which came, went or changed in the selected mailbox, and whether any came or went elsewhere in one's
     * own mailboxes. A message that is gone is told while a command runs that permits it, so that sequence numbers hold.
     *
     * @param items of a new message in the selected mailbox, {@code UID FLAGS} for example; with none, only EXISTS is told
     * @param current whether to tell all mailboxes' counters at once
     * @param names whether to tell which mailboxes came, went or were renamed
     */
    public static Notify messages(String items, boolean current, boolean names) {
        if (!items.isEmpty() && !ITEMS.matcher(items).matches()) {
            throw new IllegalArgumentException("no items to fetch");
        }
        String fetched = items.isEmpty() ? "" : " (" + items + ")";
        return new Notify("SET " + (current ? "STATUS " : "")
                + "(selected-delayed (MessageNew" + fetched + " " + ALL_EVENTS + "))"
                + " (personal (MessageNew MessageExpunge" + (names ? " MailboxName))" : "))"));
    }

    @Override
    public Command command() {
        return Command.named("NOTIFY").words(events);
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.MailboxStatus status) {
            counters.add(status);
        }
    }

    @Override
    public List<Response.MailboxStatus> result(StatusText completed) {
        return List.copyOf(counters);
    }
}
