package dev.steadymail.imap;

import dev.steadymail.imap.command.MailboxName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads mailbox names: modified UTF-7 (RFC 3501 section 5.1.3), a delimiter, and an INBOX that ignores case. */
final class MailboxNames {
    static final String INBOX = "INBOX";

    private MailboxNames() {}

    /** Returns the one spelling of a name. */
    static String canonical(String name) {
        return name.equalsIgnoreCase(INBOX) ? INBOX : name;
    }

    /** Returns the decoded segments of a name; never empty. */
    static List<String> path(String name, @Nullable String delimiter) {
        List<String> path = new ArrayList<>();
        String[] segments =
                delimiter == null || delimiter.isEmpty() ? new String[] {name} : name.split(Pattern.quote(delimiter));
        for (String segment : segments) {
            if (!segment.isEmpty()) {
                path.add(decoded(segment));
            }
        }
        if (path.isEmpty()) {
            path.add(name);
        }
        path.set(0, canonical(path.get(0)));
        return path;
    }

    /** Names that are no modified UTF-7 stay as they are; a server may have been fed anything. */
    private static String decoded(String segment) {
        String decoded = MailboxName.decoded(segment);
        return decoded.isEmpty() ? segment : decoded;
    }
}
