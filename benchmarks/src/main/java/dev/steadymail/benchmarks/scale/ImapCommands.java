package dev.steadymail.benchmarks.scale;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What each command answers (RFC 3501 section 6): untagged responses go to {@code out}, what is returned follows the tag. Null is
 * returned where the completion comes later.
 */
final class ImapCommands {
    private static final String DONE = "OK done";
    private static final String NO_MAILBOX = "NO there is no such mailbox";

    private ImapCommands() {}

    static @Nullable String answer(ImapSession session, String name, String tag, Words words, StringBuilder out) {
        Population population = session.population();
        Mailbox mailbox = session.mailbox();
        if (mailbox != null) {
            return afterLogin(session, mailbox, name, tag, words, out);
        }
        return switch (name) {
            case "LOGIN" -> loggedIn(session, words.next());
            case "AUTHENTICATE" -> authenticate(session, tag, words, out);
            case "CAPABILITY", "NOOP", "ID", "LOGOUT" -> anyTime(population, name, out);
            default -> "BAD log in first";
        };
    }

    private static String anyTime(Population population, String name, StringBuilder out) {
        switch (name) {
            case "CAPABILITY" ->
                out.append("* CAPABILITY ").append(population.capabilities()).append("\r\n");
            case "ID" -> out.append("* ID (\"name\" \"idle-server\")\r\n");
            case "LOGOUT" -> out.append("* BYE until later\r\n");
            default -> {}
        }
        return DONE;
    }

    private static @Nullable String afterLogin(
            ImapSession session, Mailbox mailbox, String name, String tag, Words words, StringBuilder out) {
        return switch (name) {
            case "CAPABILITY", "NOOP", "ID", "LOGOUT" -> anyTime(session.population(), name, out);
            case "ENABLE" -> enable(session.population(), words, out);
            case "NAMESPACE" -> {
                out.append("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
                yield DONE;
            }
            case "LIST" -> list(session, mailbox, words, out);
            case "STATUS" ->
                isInbox(words.next()) ? status(session, mailbox, Words.inside(words.next()), out) : NO_MAILBOX;
            case "SELECT", "EXAMINE" -> select(session, mailbox, name, words, out);
            case "NOTIFY" -> notify(session, words);
            case "IDLE" -> idle(session, tag, out);
            default -> selected(session, name, tag, words, out);
        };
    }

    private static String selected(ImapSession session, String name, String tag, Words words, StringBuilder out) {
        Mailbox mailbox = session.selection();
        if (mailbox == null) {
            return "BAD unknown command, or no mailbox is open";
        }
        return switch (name) {
            case "UID FETCH" -> FetchAnswer.write(mailbox, words, out);
            case "UID SEARCH" -> SearchAnswer.write(mailbox, tag, words, out);
            case "CHECK" -> DONE;
            case "UNSELECT", "CLOSE" -> {
                session.select(false);
                yield DONE;
            }
            default -> "BAD unknown command";
        };
    }

    private static String loggedIn(ImapSession session, String user) {
        session.login(user);
        return "OK [CAPABILITY " + session.population().capabilities() + "] logged in";
    }

    /** With an initial response (RFC 4959) or by asking for it. */
    private static @Nullable String authenticate(ImapSession session, String tag, Words words, StringBuilder out) {
        if (!words.nextName().equals("PLAIN")) {
            return "NO only PLAIN";
        }
        if (words.isEmpty()) {
            session.awaitResponse(tag, out);
            return null;
        }
        return plain(session, words.next());
    }

    /** Logs in by a SASL PLAIN message (RFC 4616 section 2) in base64; any password will do. */
    static String plain(ImapSession session, String base64) {
        try {
            String message = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            String[] parts = message.split("\0", -1);
            return parts.length == 3 ? loggedIn(session, parts[1]) : "BAD not a PLAIN message";
        } catch (IllegalArgumentException notBase64) {
            return "BAD not base64";
        }
    }

    private static String enable(Population population, Words words, StringBuilder out) {
        out.append("* ENABLED");
        while (!words.isEmpty()) {
            String name = words.nextName();
            if (name.equals("CONDSTORE") && population.offers(name)) {
                out.append(' ').append(name);
            }
        }
        out.append("\r\n");
        return DONE;
    }

    private static boolean isInbox(String name) {
        return name.equalsIgnoreCase("INBOX");
    }

    /** An empty pattern asks for the delimiter; RETURN may ask for counters (RFC 5819). */
    private static String list(ImapSession session, Mailbox mailbox, Words words, StringBuilder out) {
        String reference = words.next();
        String pattern = words.next();
        if (pattern.isEmpty()) {
            out.append("* LIST (\\Noselect) \"/\" \"\"\r\n");
        } else if (reference.isEmpty() && (pattern.equals("*") || pattern.equals("%") || isInbox(pattern))) {
            out.append("* LIST (\\HasNoChildren) \"/\" INBOX\r\n");
            for (Words options = returned(words); !options.isEmpty(); ) {
                if (options.nextName().equals("STATUS")) {
                    String unused = status(session, mailbox, Words.inside(options.next()), out);
                }
            }
        }
        return DONE;
    }

    private static Words returned(Words words) {
        return Words.inside(words.nextName().equals("RETURN") ? words.next() : "");
    }

    static String status(ImapSession session, Mailbox mailbox, Words items, StringBuilder out) {
        StringBuilder counters = new StringBuilder();
        while (!items.isEmpty()) {
            String item = items.nextName();
            int value =
                    switch (item) {
                        case "MESSAGES", "UNSEEN" -> mailbox.messages();
                        case "RECENT" -> 0;
                        case "UIDNEXT" -> mailbox.uidNext();
                        case "UIDVALIDITY" -> Mailbox.UID_VALIDITY;
                        case "HIGHESTMODSEQ" -> session.population().offers("CONDSTORE") ? mailbox.highestModSeq() : -1;
                        default -> -1;
                    };
            if (value < 0) {
                return "BAD unknown item";
            }
            counters.append(counters.isEmpty() ? "" : " ")
                    .append(item)
                    .append(' ')
                    .append(value);
        }
        out.append("* STATUS INBOX (").append(counters).append(")\r\n");
        return DONE;
    }

    private static String select(ImapSession session, Mailbox mailbox, String name, Words words, StringBuilder out) {
        session.select(false);
        if (!isInbox(words.next())) {
            return NO_MAILBOX;
        }
        session.select(true);
        String modSeq =
                session.population().offers("CONDSTORE") ? "HIGHESTMODSEQ " + mailbox.highestModSeq() : "NOMODSEQ";
        out.append("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n* OK [PERMANENTFLAGS ()] none\r\n")
                .append("* ")
                .append(mailbox.messages())
                .append(" EXISTS\r\n* 0 RECENT\r\n")
                .append("* OK [UIDVALIDITY ")
                .append(Mailbox.UID_VALIDITY)
                .append("] valid\r\n")
                .append("* OK [UIDNEXT ")
                .append(mailbox.uidNext())
                .append("] next\r\n")
                .append("* OK [")
                .append(modSeq)
                .append("] counted\r\n");
        return name.equals("SELECT") ? "OK [READ-WRITE] open" : "OK [READ-ONLY] open";
    }

    /** Whatever is asked for, arrivals in INBOX are told (RFC 5465). */
    private static String notify(ImapSession session, Words words) {
        if (!session.population().offers("NOTIFY")) {
            return "BAD unknown command";
        }
        session.notifies(words.nextName().equals("SET"));
        return DONE;
    }

    private static @Nullable String idle(ImapSession session, String tag, StringBuilder out) {
        if (!session.population().offers("IDLE")) {
            return "BAD unknown command";
        }
        session.idle(tag, out);
        return null;
    }
}
