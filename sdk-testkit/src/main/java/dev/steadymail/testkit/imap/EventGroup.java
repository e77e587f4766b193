package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Events to be told of in some mailboxes (event-group of RFC 5465 section 8).
 *
 * @param events empty if the client said NONE
 * @param ofNew what to fetch of each new message; empty for nothing
 */
record EventGroup(MailboxFilter filter, Set<NotifyEvent> events, List<FetchItem> ofNew) {

    EventGroup {
        events = Set.copyOf(events);
        ofNew = List.copyOf(ofNew);
        boolean arrivals = events.contains(NotifyEvent.MESSAGE_NEW);
        if (arrivals != events.contains(NotifyEvent.MESSAGE_EXPUNGE)) {
            throw new CommandSyntaxException("MessageNew and MessageExpunge go together");
        }
        if (events.contains(NotifyEvent.FLAG_CHANGE) && !arrivals) {
            throw new CommandSyntaxException("FlagChange needs MessageNew and MessageExpunge");
        }
        if (filter.isSelected() && events.contains(NotifyEvent.MAILBOX_NAME)) {
            throw new CommandSyntaxException("the selected mailbox has message events only");
        }
        if (!filter.isSelected() && !ofNew.isEmpty()) {
            throw new CommandSyntaxException("items can be fetched of the selected mailbox only");
        }
    }

    static EventGroup read(ImapSession session, CommandReader args) {
        args.expect('(');
        MailboxFilter filter = MailboxFilter.read(args);
        args.space();
        Set<NotifyEvent> events = EnumSet.noneOf(NotifyEvent.class);
        List<FetchItem> ofNew = new ArrayList<>();
        if (!args.skipKeyword("NONE")) {
            args.expect('(');
            readEvents(session, args, events, ofNew);
            args.expect(')');
        }
        args.expect(')');
        return new EventGroup(filter, events, ofNew);
    }

    private static void readEvents(
            ImapSession session, CommandReader args, Set<NotifyEvent> events, List<FetchItem> ofNew) {
        boolean more;
        do {
            NotifyEvent event = NotifyEvent.of(args.keyword());
            events.add(event);
            more = args.skip(' ');
            if (more && event == NotifyEvent.MESSAGE_NEW && args.peek() == '(') {
                ofNew.addAll(FetchItems.read(session, args));
                more = args.skip(' ');
            }
        } while (more);
    }
}
