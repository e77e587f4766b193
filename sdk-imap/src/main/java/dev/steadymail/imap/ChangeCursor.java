package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cursor as text: a version, then one entry per mailbox. It alone says where a sync stands; what a run remembers besides only
 * saves commands.
 *
 * @param firstPass whether everything that was there at the beginning has still to be handed out
 * @param mailboxes by name
 * @param step how many pages were told since a mailbox came further
 */
record ChangeCursor(boolean firstPass, Map<String, MailboxState> mailboxes, int step) {
    private static final String VERSION = "i1";
    private static final Pattern HEAD = Pattern.compile(VERSION + "([fc])(\\d{0,9})");
    private static final int FIELDS = 6;

    ChangeCursor {
        mailboxes = new LinkedHashMap<>(mailboxes);
    }

    static ChangeCursor of(@Nullable SyncCursor cursor) {
        return cursor == null ? new ChangeCursor(true, Map.of(), 0) : parse(cursor.value());
    }

    ChangeCursor atStep(int another) {
        return new ChangeCursor(firstPass, mailboxes, another);
    }

    SyncCursor encode() {
        StringBuilder text = new StringBuilder(VERSION).append(firstPass ? "f" : "c");
        text.append(step == 0 ? "" : step);
        for (MailboxState state : mailboxes.values()) {
            text.append(';').append(URLEncoder.encode(state.name(), StandardCharsets.UTF_8));
            text.append(',').append(state.uidValidity());
            text.append(',').append(state.uidNext());
            text.append(',').append(state.modSeq());
            text.append(',').append(state.messages());
            text.append(',').append(state.below());
        }
        return new SyncCursor(text.toString());
    }

    private static ChangeCursor parse(String text) {
        String[] entries = text.split(";", -1);
        Matcher head = HEAD.matcher(entries[0]);
        if (!head.matches()) {
            throw foreign(null);
        }
        Map<String, MailboxState> mailboxes = new LinkedHashMap<>();
        for (int i = 1; i < entries.length; i++) {
            MailboxState state = state(entries[i].split(",", -1));
            mailboxes.put(state.name(), state);
        }
        int step = head.group(2).isEmpty() ? 0 : Integer.parseInt(head.group(2));
        return new ChangeCursor(head.group(1).equals("f"), mailboxes, step);
    }

    private static MailboxState state(String[] fields) {
        if (fields.length != FIELDS) {
            throw foreign(null);
        }
        try {
            return new MailboxState(
                    URLDecoder.decode(fields[0], StandardCharsets.UTF_8),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]));
        } catch (IllegalArgumentException malformed) {
            throw foreign(malformed);
        }
    }

    private static MailException foreign(@Nullable IllegalArgumentException cause) {
        return MailException.builder(Kind.INVALID, "the sync cursor is not of an IMAP account; start the sync anew")
                .cause(cause)
                .build();
    }
}
