package dev.steadymail.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads message ids as RFC 5256 section 3 compares them: without comments, white space and needless quotes. */
final class MessageIds {
    private MessageIds() {}

    /** Returns the valid ids of a field, in order; what stands between them is passed over. */
    static List<String> of(@Nullable String field) {
        List<String> ids = new ArrayList<>();
        int from = field == null ? -1 : field.indexOf('<');
        while (field != null && from >= 0) {
            int to = field.indexOf('>', from);
            if (to < 0) {
                break;
            }
            // An id that was begun and not ended is none: the last mark before the end counts.
            String id = plain(field.substring(field.lastIndexOf('<', to) + 1, to));
            if (isValid(id)) {
                ids.add(id);
            }
            from = field.indexOf('<', to);
        }
        return ids;
    }

    private static boolean isValid(String id) {
        int at = id.lastIndexOf('@');
        return at > 0 && at < id.length() - 1;
    }

    /** Folding may have cut an id, and a quoted local part without odd characters is the same as the bare one. */
    private static String plain(String id) {
        StringBuilder plain = new StringBuilder(id.length());
        id.chars().filter(c -> c > ' ' && c != '"' && c != '\\' && c != 0x7F).forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
