package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.codec.UidSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads COPYUID, which comes with the completion of COPY (RFC 4315 section 3), and before it with MOVE (RFC 6851 section 4.3). */
final class CopiedReader {
    /** More than that are not told in one answer, but for attacks. */
    static final int MOST = 100_000;

    private final Map<Long, Long> uids = new LinkedHashMap<>();
    private long uidValidity;

    void observe(Response response) {
        if (response instanceof Response.Untagged told && told.status() == Response.Status.OK) {
            observe(told.said());
        }
    }

    void observe(StatusText said) {
        String[] parts = said.arguments().split(" +");
        if (!"COPYUID".equals(said.code()) || parts.length < 3) {
            return;
        }
        long validity = MailboxCounters.number(parts[0], 0);
        List<Long> before = UidSet.inOrder(parts[1], MOST - uids.size());
        List<Long> after = UidSet.inOrder(parts[2], MOST - uids.size());
        // All go to one mailbox: UIDs of another time in its life would be void.
        if (validity == 0 || (uidValidity != 0 && validity != uidValidity)) {
            return;
        }
        if (before.isEmpty() || before.size() != after.size()) {
            return;
        }
        uidValidity = validity;
        for (int i = 0; i < before.size(); i++) {
            uids.put(before.get(i), after.get(i));
        }
    }

    Copied read() {
        return new Copied(uidValidity, uids);
    }
}
