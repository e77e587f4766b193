package dev.steadymail.testkit.imap;

import java.util.List;

/**
 * Which mailboxes a client means in NOTIFY (RFC 5465 section 6).
 *
 * @param names empty unless the kind takes names
 */
record MailboxFilter(Kind kind, List<String> names) {

    enum Kind {
        SELECTED,
        SELECTED_DELAYED,
        INBOXES,
        PERSONAL,
        SUBSCRIBED,
        SUBTREE,
        MAILBOXES
    }

    MailboxFilter {
        names = List.copyOf(names);
    }

    static MailboxFilter read(CommandReader args) {
        return switch (args.keyword()) {
            case "SELECTED" -> new MailboxFilter(Kind.SELECTED, List.of());
            case "SELECTED-DELAYED" -> new MailboxFilter(Kind.SELECTED_DELAYED, List.of());
            case "INBOXES" -> new MailboxFilter(Kind.INBOXES, List.of());
            case "PERSONAL" -> new MailboxFilter(Kind.PERSONAL, List.of());
            case "SUBSCRIBED" -> new MailboxFilter(Kind.SUBSCRIBED, List.of());
            case "SUBTREE" -> new MailboxFilter(Kind.SUBTREE, names(args));
            case "MAILBOXES" -> new MailboxFilter(Kind.MAILBOXES, names(args));
            default -> throw new CommandSyntaxException("unknown filter of mailboxes");
        };
    }

    private static List<String> names(CommandReader args) {
        args.space();
        List<String> names = args.peek() == '(' ? args.list(args::mailbox) : List.of(args.mailbox());
        if (names.isEmpty()) {
            throw new CommandSyntaxException("the list of mailboxes is empty");
        }
        return names;
    }

    boolean isSelected() {
        return kind == Kind.SELECTED || kind == Kind.SELECTED_DELAYED;
    }

    /** Tells whether a mailbox that is not selected is meant. Mail is delivered to INBOX only. */
    boolean matches(AccountStore store, String name) {
        return switch (kind) {
            case SELECTED, SELECTED_DELAYED -> false;
            case INBOXES -> name.equals(ServerMailbox.INBOX);
            case PERSONAL -> true;
            case SUBSCRIBED -> store.subscriptions().contains(name);
            case SUBTREE ->
                names.stream().anyMatch(top -> name.equals(top) || name.startsWith(top + ServerMailbox.DELIMITER));
            case MAILBOXES -> names.contains(name);
        };
    }
}
