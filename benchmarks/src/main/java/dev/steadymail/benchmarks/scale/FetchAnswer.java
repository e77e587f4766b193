package dev.steadymail.benchmarks.scale;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers UID FETCH (RFC 3501 section 6.4.5, CHANGEDSINCE: RFC 7162 section 3.1.4.1). All messages look alike but for their number. */
final class FetchAnswer {
    private static final Instant FIRST = Instant.parse("2026-01-05T10:00:00Z");
    private static final int MINUTE = 60;
    private static final DateTimeFormatter INTERNAL = formatter("\"dd-MMM-yyyy HH:mm:ss Z\"");
    private static final DateTimeFormatter HEADER = formatter("\"EEE, d MMM yyyy HH:mm:ss Z\"");
    private static final String REFERENCES = "BODY.PEEK[HEADER.FIELDS (REFERENCES)]";
    /** The same as one word, until it is written. */
    private static final String NO_REFERENCES = "BODY[HEADER.FIELDS_(REFERENCES)]";

    private static final String SENDER = "((\"Ada\" NIL \"ada\" \"sender.example\"))";

    private FetchAnswer() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Writes the responses and returns the completion. */
    static String write(Mailbox mailbox, Words arguments, StringBuilder out) {
        String set = arguments.next();
        String items = arguments.next().toUpperCase(Locale.ROOT).replace(REFERENCES, NO_REFERENCES);
        Words modifiers = Words.inside(arguments.next());
        long since = modifiers.nextName().equals("CHANGEDSINCE") ? Long.parseLong(modifiers.next()) : 0;
        String asked = since > 0 && !items.contains("MODSEQ") ? items.replaceFirst("\\)?$", " MODSEQ)") : items;
        for (Words each = Words.inside(asked); !each.isEmpty(); ) {
            if (item(each.nextName(), 1) == null) {
                return "BAD unknown item";
            }
        }
        MessageSet.existing(set, mailbox.messages())
                .filter(uid -> Mailbox.modSeq(uid) > since)
                .forEach(uid -> message(uid, asked, out));
        return "OK done";
    }

    private static void message(int uid, String items, StringBuilder out) {
        out.append("* ").append(uid).append(" FETCH (UID ").append(uid);
        for (Words each = Words.inside(items); !each.isEmpty(); ) {
            String name = each.nextName();
            if (!name.equals("UID")) {
                out.append(' ').append(name.replace('_', ' ')).append(' ').append(item(name, uid));
            }
        }
        out.append(")\r\n");
    }

    private static @Nullable String item(String name, int uid) {
        Instant arrived = FIRST.plusSeconds((long) uid * MINUTE);
        return switch (name) {
            case "UID" -> Integer.toString(uid);
            case "FLAGS" -> "()";
            case "RFC822.SIZE" -> Integer.toString(400 + uid % 100);
            case "INTERNALDATE" -> INTERNAL.format(arrived);
            case "MODSEQ" -> "(" + Mailbox.modSeq(uid) + ")";
            case "ENVELOPE" -> envelope(uid, HEADER.format(arrived));
            case "BODYSTRUCTURE" ->
                "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 20 1 NIL NIL NIL NIL)";
            case NO_REFERENCES -> "{2}\r\n\r\n";
            default -> null;
        };
    }

    private static String envelope(int uid, String date) {
        String to = "((NIL NIL \"user\" \"receiver.example\"))";
        return "(" + date + " \"Message " + uid + "\" " + SENDER + " " + SENDER + " " + SENDER + " " + to
                + " NIL NIL NIL \"<" + uid + "@sender.example>\")";
    }
}
