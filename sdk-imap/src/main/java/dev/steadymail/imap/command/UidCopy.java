package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** UID COPY (RFC 3501 section 6.4.7): all of the messages, or none. Not safe to repeat: that makes further copies. */
public final class UidCopy implements Exchange<Copied> {
    private final String uids;
    private final String mailbox;
    private final CopiedReader copied = new CopiedReader();

    /**
     * Says what goes where.
     *
     * @param uids a set that fits a line
     * @param mailbox as the server spells it
     */
    public UidCopy(String uids, String mailbox) {
        this.uids = uids;
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("UID COPY").uids(uids).mailbox(mailbox);
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
}
