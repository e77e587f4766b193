package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** COPY and UID COPY, RFC 3501 section 6.4.7, with COPYUID of RFC 4315 section 3. */
final class CopyCommand implements Command {

    private final Numbering numbering;

    CopyCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    /**
     * What was copied.
     *
     * @param code COPYUID with its values, empty if nothing was copied or the server has no UIDPLUS
     */
    record Copied(List<ServerMessage> originals, String code) {}

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        Arguments arguments = Arguments.read(args);
        List<Copied> copied = new ArrayList<>(1);
        session.store().run(() -> copied.add(copy(session, arguments, numbering)));
        return Completion.ok(copied.get(0).code(), "COPY done");
    }

    record Arguments(NumberSet messages, String destination) {
        static Arguments read(CommandReader args) {
            args.space();
            NumberSet messages = args.numberSet();
            args.space();
            String destination = args.mailbox();
            args.end();
            return new Arguments(messages, destination);
        }
    }

    /** Copies with flags and date; the caller holds the lock. */
    static Copied copy(ImapSession session, Arguments arguments, Numbering numbering) {
        List<SelectedMailbox.Numbered> chosen = session.selected().resolve(arguments.messages(), numbering);
        ServerMailbox destination = session.store().require(arguments.destination(), "TRYCREATE");
        List<ServerMessage> originals =
                chosen.stream().map(SelectedMailbox.Numbered::message).toList();
        List<Long> newUids = new ArrayList<>();
        for (ServerMessage original : originals) {
            newUids.add(destination.appendCopyOf(original).uid());
        }
        return new Copied(originals, code(session, destination, originals, newUids));
    }

    private static String code(
            ImapSession session, ServerMailbox destination, List<ServerMessage> originals, List<Long> newUids) {
        if (originals.isEmpty() || !session.offers(ImapCapability.UIDPLUS)) {
            return "";
        }
        String oldUids =
                NumberSet.compact(originals.stream().map(ServerMessage::uid).toList());
        return "COPYUID " + destination.uidValidity() + " " + oldUids + " " + NumberSet.compact(newUids);
    }
}
