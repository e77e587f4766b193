package dev.steadymail.cli.mirror;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;

/** Our own state cannot be trusted: going on would give emails other ids, or ids to other emails. */
final class DamagedState {
    private DamagedState() {}

    /**
     * Returns the error to end a run with.
     *
     * @param what the file and what is wrong with it, for example {@code "account is damaged"}
     */
    static MailException of(String what) {
        return MailException.of(
                Kind.STORAGE, "DIR/.steadymail/" + what + "; put DIR back from a backup, or mirror into another DIR");
    }
}
