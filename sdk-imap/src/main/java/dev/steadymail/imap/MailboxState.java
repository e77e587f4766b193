package dev.steadymail.imap;

import dev.steadymail.imap.command.MailboxCounters;

/**
 * How far one mailbox has been taken.
 *
 * @param name the server's encoded name
 * @param uidValidity while it holds, so do the UIDs
 * @param uidNext every UID below it has been listed
 * @param modSeq every change up to it has been told; 0 where the mailbox keeps none
 * @param messages how many there were
 * @param below emails with lower UIDs may still have to appear, newest first; 0 where all have
 */
record MailboxState(String name, long uidValidity, long uidNext, long modSeq, long messages, long below) {
    MailboxState below(long uid) {
        return new MailboxState(name, uidValidity, uidNext, modSeq, messages, uid);
    }

    MailboxState renamed(String newName) {
        return new MailboxState(newName, uidValidity, uidNext, modSeq, messages, below);
    }

    /** Returns whether nothing can have changed: only a mod-sequence tells that flags have not (RFC 7162 section 3.1.2). */
    boolean isCurrent(MailboxCounters status) {
        return below == 0
                && modSeq > 0
                && status.highestModSeq() == modSeq
                && status.uidValidity() == uidValidity
                && status.uidNext() == uidNext
                && status.messages() == messages;
    }
}
