package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.Set;

/** Takes each command of a session to the class that does it, with the faults that concern it, and sends the tagged answer. */
final class CommandDispatcher {

    /** Commands that leave the selected mailbox, and so may still be given when it is gone. */
    private static final Set<String> LEAVING = Set.of("CLOSE", "UNSELECT", "SELECT", "EXAMINE", "LOGOUT");

    private final ImapSession session;
    private final ResponseWriter writer;
    private final CommandTable table;

    CommandDispatcher(ImapSession session, CommandTable table) {
        this.session = session;
        this.writer = session.writer();
        this.table = table;
    }

    void execute(CommandInput.RawCommand raw) throws IOException {
        writer.beginExchange();
        CommandReader args = new CommandReader(raw.bytes());
        String tag = "*";
        try {
            tag = args.tag();
            session.tag(tag);
            args.space();
            String name = name(args);
            session.context().log().add(name, raw.text().substring(tag.length() + 1));
            execute(tag, name, args);
        } catch (CommandSyntaxException e) {
            writer.tagged(tag, e.completion());
        }
        writer.flush();
    }

    private static String name(CommandReader args) {
        String name = args.keyword();
        if (!name.equals("UID")) {
            return name;
        }
        args.space();
        return "UID " + args.keyword();
    }

    private void execute(String tag, String name, CommandReader args) throws IOException {
        session.context().watch().tell(name);
        ImapFault.OnCommand fault = session.context().faults().takeFor(name);
        if (fault != null && !(fault instanceof ImapFault.DropAfterCommand)) {
            misbehave(fault, tag);
            return;
        }
        if (!LEAVING.contains(name)) {
            session.endIfMailboxIsGone();
        }
        Completion completion = complete(name, args);
        if (fault != null) {
            writer.flush();
            throw new ConnectionCutException("cut before the tagged answer");
        }
        writer.tagged(tag, completion);
    }

    private void misbehave(ImapFault.OnCommand fault, String tag) throws IOException {
        if (fault instanceof ImapFault.NoOn no) {
            writer.tagged(tag, Completion.no(no.responseCode(), no.text()));
        } else if (fault instanceof ImapFault.BadOn bad) {
            writer.tagged(tag, Completion.bad(bad.text()));
        } else if (fault instanceof ImapFault.ByeOn bye) {
            session.refuse(bye.text());
        } else {
            if (fault instanceof ImapFault.SilentOn) {
                session.input().swallow();
            }
            throw new ConnectionCutException("cut by an injected fault");
        }
    }

    private Completion complete(String name, CommandReader args) throws IOException {
        CommandTable.Rule rule = table.find(name);
        if (rule == null) {
            return Completion.bad("this server has no such command");
        }
        if (!rule.states().contains(session.state())) {
            return Completion.bad("the command is not allowed in this state");
        }
        Completion completion = run(rule.command(), args);
        session.reportChanges(rule.mayExpunge());
        return completion;
    }

    private Completion run(Command command, CommandReader args) throws IOException {
        try {
            return command.run(session, args);
        } catch (CommandSyntaxException e) {
            return e.completion();
        } catch (CommandRefusedException e) {
            return e.completion();
        }
    }
}
