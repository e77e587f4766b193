package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/**
 * UID MOVE (RFC 6851): each message in one step, though a refusal may come after some. What is gone from this mailbox is told by EXPUNGE
 * or VANISHED.
 */
public final class UidMove implements Exchange<Copied> {
    private final String uids;
    private final String mailbox;
    private final CopiedReader copied = new CopiedReader();

    /**
     * Says what goes where.
     *
     * @param uids a set that fits a line
     * @param mailbox as the server spells it
     */
    public UidMove(String uids, String mailbox) {
        this.uids = uids;
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("UID MOVE").uids(uids).mailbox(mailbox);
    }

    @Override
    public void observe(Reply reply) {
        copied.observe(reply.response());
    }

    @Override
    public Copied result(StatusText completed) {
        copied.observe(completed);
        return copied.read();
    }

    /** Returns what was told until now, for a command that was refused after it had begun. */
    public Copied soFar() {
        return copied.read();
    }
}
