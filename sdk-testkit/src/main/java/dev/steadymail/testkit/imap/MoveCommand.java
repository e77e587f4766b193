package dev.steadymail.testkit.imap;

/** MOVE and UID MOVE, RFC 6851: COPYUID comes untagged, before the EXPUNGE responses. */
final class MoveCommand implements Command {

    private final Numbering numbering;

    MoveCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        CopyCommand.Arguments arguments = CopyCommand.Arguments.read(args);
        SelectedMailbox selected = session.selected();
        selected.requireWritable();
        session.store().run(() -> {
            CopyCommand.Copied copied = CopyCommand.copy(session, arguments, numbering);
            selected.mailbox().expunge(copied.originals());
            if (!copied.code().isEmpty()) {
                session.writer().untagged("OK [" + copied.code() + "] moved");
            }
        });
        return Completion.ok("MOVE done");
    }
}
