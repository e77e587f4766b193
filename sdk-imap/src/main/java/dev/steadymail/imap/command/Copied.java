package dev.steadymail.imap.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where copies went (RFC 4315 section 3), as far as the server told.
 *
 * @param uidValidity of the mailbox they went to; 0 where it was not told
 * @param uids the UID of each copy by the UID of its original
 */
public record Copied(long uidValidity, Map<Long, Long> uids) {
    /** Takes a copy. */
    public Copied {
        uids = Collections.unmodifiableMap(new LinkedHashMap<>(uids));
    }
}
