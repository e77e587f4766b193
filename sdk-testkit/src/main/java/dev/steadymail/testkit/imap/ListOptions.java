package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of LIST, extended (RFC 5258) or not.
 *
 * @param selection options before the reference
 * @param returned options after RETURN, STATUS among them
 */
record ListOptions(
        Set<String> selection,
        List<String> patterns,
        Set<String> returned,
        @Nullable StatusItems status) {

    private static final Set<String> KNOWN = Set.of("SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "CHILDREN");
    private static final String SPECIAL_USE = "SPECIAL-USE";

    static ListOptions read(ImapSession session, CommandReader args) {
        args.space();
        Set<String> selection = new HashSet<>();
        if (args.peek() == '(') {
            session.require(ImapCapability.LIST_EXTENDED);
            selection.addAll(args.list(() -> option(session, args)));
            args.space();
        }
        String reference = args.mailbox();
        args.space();
        List<String> patterns = patterns(session, args);
        patterns.replaceAll(pattern -> reference + pattern);
        return readReturn(session, args, selection, patterns);
    }

    private static List<String> patterns(ImapSession session, CommandReader args) {
        if (args.peek() == '(') {
            session.require(ImapCapability.LIST_EXTENDED);
            List<String> patterns = args.list(args::listMailbox);
            if (patterns.isEmpty()) {
                throw new CommandSyntaxException("the list of patterns is empty");
            }
            return patterns;
        }
        return new ArrayList<>(List.of(args.listMailbox()));
    }

    private static ListOptions readReturn(
            ImapSession session, CommandReader args, Set<String> selection, List<String> patterns) {
        List<StatusItems> status = new ArrayList<>();
        Set<String> returned = new HashSet<>();
        if (args.skip(' ')) {
            session.require(ImapCapability.LIST_EXTENDED);
            if (!args.skipKeyword("RETURN")) {
                throw new CommandSyntaxException("expected RETURN");
            }
            args.space();
            returned.addAll(args.list(() -> returnOption(session, args, status)));
        }
        args.end();
        return new ListOptions(selection, patterns, returned, status.isEmpty() ? null : status.get(0));
    }

    private static String returnOption(ImapSession session, CommandReader args, List<StatusItems> status) {
        if (!args.skipKeyword("STATUS")) {
            return option(session, args);
        }
        session.require(ImapCapability.LIST_STATUS);
        if (!status.isEmpty()) {
            throw new CommandSyntaxException("STATUS can be asked for once");
        }
        args.space();
        status.add(StatusItems.read(session, args));
        return "STATUS";
    }

    private static String option(ImapSession session, CommandReader args) {
        String option = args.keyword();
        if (option.equals(SPECIAL_USE)) {
            session.require(ImapCapability.SPECIAL_USE);
        } else if (!KNOWN.contains(option)) {
            throw new CommandSyntaxException("unknown LIST option");
        }
        return option;
    }

    boolean onlySubscribed() {
        return selection.contains("SUBSCRIBED");
    }

    boolean onlySpecialUse() {
        return selection.contains(SPECIAL_USE);
    }

    boolean tellsSubscribed() {
        return onlySubscribed() || returned.contains("SUBSCRIBED");
    }

    /** An empty pattern asks for the delimiter only. */
    boolean asksForDelimiter() {
        return patterns.equals(List.of(""));
    }
}
