package dev.steadymail.imap;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * What the server said when a mailbox was selected (RFC 3501 section 6.3.1, RFC 7162 section 3.1.2). Filled while the answer is
 * read, then left alone.
 */
final class SelectedMailbox {
    private static final Pattern FLAG = Pattern.compile("[^\\s()]+");

    private final String name;
    private final boolean writable;
    private final Map<String, String> spelling = new HashMap<>();
    private final Set<String> permanent = new HashSet<>();
    private boolean permanentStated;
    private long uidValidity;
    private long uidNext;
    private long highestModSeq;
    private long exists;

    SelectedMailbox(String name, boolean writable) {
        this.name = name;
        this.writable = writable;
    }

    void observe(IMAPResponse response) {
        if (response.keyEquals("EXISTS")) {
            exists = response.getNumber();
        } else if (response.keyEquals("FLAGS")) {
            flags(response.getRest()).forEach(flag -> spelling.put(flag.toLowerCase(Locale.ROOT), flag));
        } else if (response.isOK()) {
            observe(ResponseCode.parse(response.toString()));
        }
    }

    private void observe(ResponseCode ok) {
        if (ok.has("UIDVALIDITY")) {
            uidValidity = number(ok.arguments());
        } else if (ok.has("UIDNEXT")) {
            uidNext = number(ok.arguments());
        } else if (ok.has("HIGHESTMODSEQ")) {
            highestModSeq = number(ok.arguments());
        } else if (ok.has("PERMANENTFLAGS")) {
            permanentStated = true;
            flags(ok.arguments()).forEach(flag -> {
                permanent.add(flag.toLowerCase(Locale.ROOT));
                spelling.put(flag.toLowerCase(Locale.ROOT), flag);
            });
        }
    }

    String name() {
        return name;
    }

    boolean writable() {
        return writable;
    }

    long uidValidity() {
        return uidValidity;
    }

    /** Returns the UID that the next message gets at least; 0 where the server did not say. */
    long uidNext() {
        return uidNext;
    }

    /** Returns the highest mod-sequence; 0 where the mailbox keeps none. */
    long highestModSeq() {
        return highestModSeq;
    }

    long exists() {
        return exists;
    }

    /** Returns whether a flag can be kept; without PERMANENTFLAGS all can be (RFC 3501 section 7.1). */
    boolean keeps(String flag) {
        String folded = flag.toLowerCase(Locale.ROOT);
        return !permanentStated || permanent.contains(folded) || (!folded.startsWith("\\") && keepsNew());
    }

    /** Returns whether keywords can be made up. */
    boolean keepsNew() {
        return !permanentStated || permanent.contains("\\*");
    }

    /** Returns a flag as the server spells it. */
    String spelled(String flag) {
        return spelling.getOrDefault(flag.toLowerCase(Locale.ROOT), flag);
    }

    private static Set<String> flags(String list) {
        Set<String> flags = new HashSet<>();
        Matcher each = FLAG.matcher(list);
        while (each.find()) {
            flags.add(each.group());
        }
        return flags;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.strip());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
