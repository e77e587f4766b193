package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a client asked for with NOTIFY SET (RFC 5465 section 3). */
record NotifyRequest(List<EventGroup> groups) {

    NotifyRequest {
        groups = List.copyOf(groups);
        if (groups.stream().filter(group -> group.filter().isSelected()).count() > 1) {
            throw new CommandSyntaxException("the selected mailbox can be named once");
        }
    }

    static NotifyRequest read(ImapSession session, CommandReader args) {
        List<EventGroup> groups = new ArrayList<>();
        do {
            groups.add(EventGroup.read(session, args));
        } while (args.skip(' '));
        return new NotifyRequest(groups);
    }

    /** Returns what was asked for the selected mailbox, or null. */
    @Nullable
    EventGroup selected() {
        return groups.stream()
                .filter(group -> group.filter().isSelected())
                .findFirst()
                .orElse(null);
    }

    /** Tells whether any group wants the event, unless one before it wants none (RFC 5465 sections 3.1 and 6). */
    boolean wants(NotifyEvent event, AccountStore store, String mailbox) {
        for (EventGroup group : groups) {
            if (group.filter().matches(store, mailbox)) {
                if (group.events().isEmpty()) {
                    return false;
                }
                if (group.events().contains(event)) {
                    return true;
                }
            }
        }
        return false;
    }
}
