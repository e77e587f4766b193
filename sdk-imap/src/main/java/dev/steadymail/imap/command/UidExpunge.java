package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** UID EXPUNGE (RFC 4315 section 2.1): removes those messages of a set that are marked {@code \Deleted}, and no others. */
public final class UidExpunge implements Exchange<StatusText> {
    private final String uids;

    /** Takes a set of UIDs that fits a line: see {@code UidSet.lines()}. */
    public UidExpunge(String uids) {
        this.uids = uids;
    }

    @Override
    public Command command() {
        return Command.named("UID EXPUNGE").uids(uids);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
