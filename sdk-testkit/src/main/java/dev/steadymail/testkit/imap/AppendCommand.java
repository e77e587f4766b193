package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** APPEND, RFC 3501 section 6.3.11, with APPENDUID of RFC 4315 section 3. */
final class AppendCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        args.space();
        List<String> flags = new ArrayList<>();
        if (args.peek() == '(') {
            flags = args.flagList();
            args.space();
        }
        OffsetDateTime date = OffsetDateTime.now(session.context().clock());
        if (args.peek() == '"') {
            date = args.dateTime();
            args.space();
        }
        if (args.peek() != '{') {
            throw new CommandSyntaxException("the message must be a literal");
        }
        byte[] message = args.stringBytes();
        args.end();
        return append(session, name, message, flags, date);
    }

    private static Completion append(
            ImapSession session, String name, byte[] message, List<String> flags, OffsetDateTime date) {
        AccountStore store = session.store();
        List<String> code = new ArrayList<>();
        store.run(() -> {
            ServerMailbox mailbox = store.require(name, "TRYCREATE");
            long uid = mailbox.append(message, flags, date).uid();
            code.add("APPENDUID " + mailbox.uidValidity() + " " + uid);
        });
        return Completion.ok(session.offers(ImapCapability.UIDPLUS) ? code.get(0) : "", "APPEND done");
    }
}
