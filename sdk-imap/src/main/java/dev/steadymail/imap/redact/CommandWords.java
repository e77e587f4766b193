package dev.steadymail.imap.redact;

import java.util.StringTokenizer;

/** Shows the words of a command: those that are known, numbers, signs; the length of each other one. */
public final class CommandWords {
    private static final String SIGNS = " ()[]<>";

    private CommandWords() {}

    /** Adds words that came from no user, but may name a header field or an email. */
    public static void add(LineText line, String words) {
        boolean fields = false;
        boolean opaque = false;
        StringTokenizer tokens = new StringTokenizer(words, SIGNS, true);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            if (SIGNS.contains(token)) {
                fields &= !token.equals(")");
                line.word(token);
            } else if (fields || opaque) {
                line.wordOr(Words.FIELDS.find(token), token.length());
                opaque = false;
            } else {
                fields = token.startsWith("HEADER.FIELDS") || token.contains(".HEADER.FIELDS");
                opaque = isNaming(token);
                token(line, token);
            }
        }
    }

    /** What follows these names something of a user: a field, a keyword, an email, a conversation. */
    private static boolean isNaming(String token) {
        return switch (token) {
            case "HEADER", "KEYWORD", "UNKEYWORD", "X-GM-MSGID", "X-GM-THRID", "EMAILID", "THREADID" -> true;
            default -> false;
        };
    }

    /** A section has parts with dots between them. */
    private static void token(LineText line, String token) {
        String known = Words.ofCommand(token);
        if (known != null || LineText.isNumbers(token)) {
            line.word(known == null ? "" : known);
            if (known == null) {
                line.numbers(token);
            }
            return;
        }
        int dot = token.indexOf('.');
        if (dot > 0 && LineText.isNumbers(token.substring(0, dot))) {
            line.numbers(token.substring(0, dot)).word(".");
            token(line, token.substring(dot + 1));
        } else if (token.contains("=") && !token.startsWith("=")) {
            CapabilityWords.add(line, token);
        } else {
            line.length(token.length());
        }
    }

    /** Adds flags in parentheses, or one of them. */
    public static void addFlags(LineText line, String flags) {
        StringTokenizer tokens = new StringTokenizer(flags, " ()", true);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            if (" ()".contains(token)) {
                line.word(token);
            } else {
                line.wordOr(Words.FLAGS.find(token), token.length());
            }
        }
    }

    /** Adds the mechanism of a login, and that there is more. */
    public static void addMechanism(LineText line, String words) {
        int space = words.indexOf(' ');
        String mechanism = space < 0 ? words : words.substring(0, space);
        line.wordOr(Words.MECHANISMS.find(mechanism), mechanism.length());
        if (space >= 0) {
            line.word(" ").secret();
        }
    }
}
