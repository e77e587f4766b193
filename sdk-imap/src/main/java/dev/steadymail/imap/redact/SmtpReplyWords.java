package dev.steadymail.imap.redact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes lines of a log from replies of SMTP: codes stay, and what a server says that it can do; all else is a length. */
public final class SmtpReplyWords {
    private static final int CHALLENGE = 334;
    /** RFC 3463 section 2: class, subject, detail. */
    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?: (.*))?", Pattern.DOTALL);

    private static final Words EXTENSIONS = Words.of(
            "SIZE 8BITMIME PIPELINING CHUNKING BINARYMIME SMTPUTF8 DSN ENHANCEDSTATUSCODES"
                    + " STARTTLS AUTH VRFY ETRN HELP EXPN REQUIRETLS LIMITS FUTURERELEASE DELIVERBY MT-PRIORITY BURL XCLIENT XFORWARD");

    private SmtpReplyWords() {}

    /**
     * Returns the line of one line of a reply.
     *
     * @param text behind the code
     * @param extension whether it tells what the server can do
     */
    public static String line(int code, String text, boolean extension) {
        LineText line = new LineText().numbers(Integer.toString(code));
        if (code == CHALLENGE) {
            return text.isBlank() ? line.toString() : line.word(" ").secret().toString();
        }
        if (extension) {
            extension(line, text.strip());
        } else {
            text(line, text);
        }
        return line.toString();
    }

    private static void text(LineText line, String text) {
        Matcher enhanced = ENHANCED.matcher(text);
        String rest = text;
        if (enhanced.matches()) {
            line.word(" ").word(enhanced.group(1));
            rest = enhanced.group(2) == null ? "" : enhanced.group(2);
        }
        if (!rest.isEmpty()) {
            line.word(" ").length(rest.length());
        }
    }

    private static void extension(LineText line, String text) {
        String[] parts = text.split("[ =]+");
        String known = parts.length == 0 ? null : EXTENSIONS.find(parts[0]);
        if (known == null) {
            line.word(" ").length(text.length());
            return;
        }
        line.word(" ").word(known);
        for (int i = 1; i < parts.length; i++) {
            line.word(" ");
            if (known.equals("AUTH")) {
                line.wordOr(Words.MECHANISMS.find(parts[i]), parts[i].length());
            } else if (known.equals("SIZE")) {
                line.numbers(parts[i]);
            } else {
                line.length(parts[i].length());
            }
        }
    }
}
