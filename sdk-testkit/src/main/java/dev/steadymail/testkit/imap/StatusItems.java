package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** The items of STATUS and of LIST ... RETURN (STATUS ...), RFC 3501 section 6.3.10. */
record StatusItems(List<String> names) {

    StatusItems {
        names = List.copyOf(names);
    }

    static StatusItems read(ImapSession session, CommandReader args) {
        List<String> names = args.list(args::keyword);
        if (names.isEmpty()) {
            throw new CommandSyntaxException("the list of status items is empty");
        }
        names.forEach(name -> requireKnown(session, name));
        return new StatusItems(names);
    }

    private static void requireKnown(ImapSession session, String name) {
        switch (name) {
            case "MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN" -> {}
            case "HIGHESTMODSEQ" -> session.enableCondstore();
            case "SIZE" -> session.require(ImapCapability.STATUS_SIZE);
            case "MAILBOXID" -> session.require(ImapCapability.OBJECTID);
            default -> throw new CommandSyntaxException("unknown status item");
        }
    }

    ResponseLine describe(ServerMailbox mailbox) {
        List<String> values = new ArrayList<>();
        names.forEach(name -> values.add(name + " " + text(name, mailbox)));
        return ResponseLine.untagged("STATUS ").mailbox(mailbox.name()).text(" (" + String.join(" ", values) + ")");
    }

    private static String text(String name, ServerMailbox mailbox) {
        return name.equals("MAILBOXID") ? "(" + mailbox.mailboxId() + ")" : Long.toString(value(name, mailbox));
    }

    private static long value(String name, ServerMailbox mailbox) {
        return switch (name) {
            case "MESSAGES" -> mailbox.messages().size();
            case "UIDNEXT" -> mailbox.uidNext();
            case "UIDVALIDITY" -> mailbox.uidValidity();
            case "UNSEEN" ->
                mailbox.messages().stream()
                        .filter(message -> !message.has(FlagNames.SEEN))
                        .count();
            case "HIGHESTMODSEQ" -> mailbox.highestModSeq();
            case "SIZE" ->
                mailbox.messages().stream().mapToLong(ServerMessage::size).sum();
            default -> 0;
        };
    }
}
