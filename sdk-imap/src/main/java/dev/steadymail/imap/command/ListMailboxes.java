package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LIST of all mailboxes (RFC 3501 section 6.3.8), with their uses (RFC 6154) and counters (RFC 5819) where the server can, or XLIST, which
 * came before it.
 */
public final class ListMailboxes implements Exchange<ListMailboxes.Listing> {
    private static final int LONGEST_NAME = 2_000;

    private final String name;
    private final String options;
    private final Map<String, ListedMailbox> listed = new LinkedHashMap<>();
    private final Map<String, MailboxCounters> counters = new LinkedHashMap<>();
    private int unreadable;

    private ListMailboxes(String name, String options) {
        this.name = name;
        this.options = options;
    }

    /**
     * All mailboxes, in the server's order.
     *
     * @param mailboxes each name once
     * @param unreadable how many entries could not be read and are not among them: who compares with an earlier listing must not take a
     *     mailbox for gone while there is one
     */
    public record Listing(List<ListedMailbox> mailboxes, int unreadable) {
        /** Takes a copy. */
        public Listing {
            mailboxes = List.copyOf(mailboxes);
        }
    }

    /** LIST without options. */
    public static ListMailboxes plain() {
        return new ListMailboxes("LIST", "");
    }

    /** XLIST, Google's forerunner of SPECIAL-USE, which marks the uses of mailboxes. */
    public static ListMailboxes xlist() {
        return new ListMailboxes("XLIST", "");
    }

    /**
     * LIST with RETURN (RFC 5258 section 3).
     *
     * @param uses whether to ask for uses, with SPECIAL-USE
     * @param items counters to ask for, with LIST-STATUS; may be empty
     */
    public static ListMailboxes extended(boolean uses, Set<StatusItem> items) {
        List<String> options = new ArrayList<>();
        if (uses) {
            options.add("SPECIAL-USE");
        }
        if (!items.isEmpty()) {
            options.add("STATUS " + StatusItem.list(items));
        }
        return new ListMailboxes("LIST", options.isEmpty() ? "" : "RETURN (" + String.join(" ", options) + ")");
    }

    /** Returns the listing that says most on a server with these capabilities. */
    public static ListMailboxes fitting(Set<String> capabilities, Set<StatusItem> items) {
        boolean uses = capabilities.contains("SPECIAL-USE");
        if (!uses && capabilities.contains("XLIST")) {
            return xlist();
        }
        // RETURN is LIST-EXTENDED's, which LIST-STATUS builds on.
        boolean revision2 = capabilities.contains("IMAP4REV2");
        if (!revision2 && !capabilities.contains("LIST-EXTENDED")) {
            return plain();
        }
        boolean status = revision2 || capabilities.contains("LIST-STATUS");
        return extended(uses || revision2, status ? items : Set.of());
    }

    /** Answers whether counters come with the listing. */
    public boolean tellsCounters() {
        return options.contains("STATUS");
    }

    @Override
    public Command command() {
        Command command = Command.named(name).text("").text("*");
        return options.isEmpty() ? command : command.words(options);
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Listed line) {
            // Such a name was never taken, so nobody misses it.
            if (!line.name().isBlank() && line.name().length() <= LONGEST_NAME) {
                ListedMailbox mailbox = ListedMailbox.of(line);
                listed.put(mailbox.name(), mailbox);
            }
        } else if (reply.response() instanceof Response.MailboxStatus status) {
            counters.put(ListedMailbox.canonical(status.name()), MailboxCounters.of(status));
        } else if (reply.response() instanceof Response.Unreadable line
                && (line.keyword().equals("LIST") || line.keyword().equals("XLIST"))) {
            unreadable++;
        }
    }

    /** Returns the mailboxes; counters of one that is not listed are ignored. */
    @Override
    public Listing result(StatusText completed) {
        List<ListedMailbox> mailboxes = new ArrayList<>(listed.size());
        listed.forEach((each, mailbox) -> mailboxes.add(mailbox.with(counters.get(each))));
        return new Listing(mailboxes, unreadable);
    }
}
