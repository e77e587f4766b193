package dev.steadymail.testkit.imap;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a client can ask to be told of (RFC 5465 section 5). */
enum NotifyEvent {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    MAILBOX_NAME("MailboxName");

    private final String atom;

    NotifyEvent(String atom) {
        this.atom = atom;
    }

    /** Returns the event, or refuses it with the list of those there are (RFC 5465 section 3.1). */
    static NotifyEvent of(String name) {
        for (NotifyEvent event : values()) {
            if (event.atom.equalsIgnoreCase(name)) {
                return event;
            }
        }
        String known = Arrays.stream(values()).map(event -> event.atom).collect(Collectors.joining(" "));
        throw new CommandRefusedException("BADEVENT (" + known + ")", "the server does not watch for this event");
    }
}
