package dev.steadymail.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;

/**
 * One user's INBOX, and who is logged in to it. It only ever grows: message n has UID n and mod-sequence n + 1, so the number of
 * messages is all that is kept, and sequence numbers are UIDs.
 */
final class Mailbox {
    static final int UID_VALIDITY = 1_760_000_000;

    private final List<ImapSession> sessions = new ArrayList<>(1);
    private int messages;

    Mailbox(int messages) {
        this.messages = messages;
    }

    int messages() {
        return messages;
    }

    int uidNext() {
        return messages + 1;
    }

    int highestModSeq() {
        return modSeq(messages);
    }

    static int modSeq(int uid) {
        return uid + 1;
    }

    void enter(ImapSession session) {
        sessions.add(session);
    }

    void leave(ImapSession session) {
        sessions.remove(session);
    }

    /** Adds a message; returns how many sessions were told of it. */
    int deliver() {
        messages++;
        int told = 0;
        for (ImapSession session : sessions) {
            if (session.tellArrival()) {
                told++;
            }
        }
        return told;
    }
}
