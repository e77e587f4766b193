package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.codec.UidSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * SELECT and EXAMINE (RFC 3501 sections 6.3.1 and 6.3.2), with mod-sequences or what changed since an earlier look (RFC 7162 sections
 * 3.1.8 and 3.2.5).
 */
public final class Select implements Exchange<SelectedMailbox> {
    private final String name;
    private final String mailbox;
    private final String parameters;
    private final SelectedMailboxReader reader;

    private Select(String name, String mailbox, String parameters, Consumer<Reply> changes) {
        this.name = name;
        this.mailbox = mailbox;
        this.parameters = parameters;
        this.reader = new SelectedMailboxReader(mailbox, changes);
    }

    /** Opens a mailbox, named as the server spells it. */
    public static Select select(String mailbox) {
        return new Select("SELECT", mailbox, "", ignored -> {});
    }

    /** Opens a mailbox without changing anything in it. */
    public static Select examine(String mailbox) {
        return new Select("EXAMINE", mailbox, "", ignored -> {});
    }

    /** Asks for mod-sequences; the server needs CONDSTORE. */
    public Select condstore() {
        return new Select(name, mailbox, "(CONDSTORE)", ignored -> {});
    }

    /**
     * Asks for what changed since; the server needs QRESYNC, enabled.
     *
     * @param uidValidity under which the UIDs were known; where it is another now, the server tells no changes
     * @param modSeq all changes up to it are known; positive
     * @param known the UIDs that are of interest; left out where they are none or too many for one line, which means all
     * @param changes takes each FETCH response with a UID, while the answer is read
     */
    public Select qresync(long uidValidity, long modSeq, UidSet known, Consumer<Reply> changes) {
        if (uidValidity < 1 || modSeq < 1) {
            throw new IllegalArgumentException("QRESYNC needs a UIDVALIDITY and a mod-sequence");
        }
        List<String> lines = known.lines();
        String uids = lines.size() == 1 ? " " + lines.get(0) : "";
        return new Select(name, mailbox, "(QRESYNC (" + uidValidity + " " + modSeq + uids + "))", changes);
    }

    @Override
    public Command command() {
        Command command = Command.named(name).mailbox(mailbox);
        return parameters.isEmpty() ? command : command.words(parameters);
    }

    @Override
    public void observe(Reply reply) {
        reader.observe(reply);
    }

    @Override
    public SelectedMailbox result(StatusText completed) {
        boolean examined = name.equals("EXAMINE");
        reader.said(new Response.Untagged(Response.Status.OK, completed));
        return reader.read(examined);
    }
}
