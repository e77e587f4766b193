package dev.steadymail.testkit.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was said on one connection, without secrets, in a form that can be printed. Keeps the last 500 lines. Thread-safe. */
final class Transcript {

    private static final int MAX_LINES = 500;
    private static final int MAX_SHOWN = 200;
    private static final String HIDDEN = "<hidden>";
    private static final Pattern LOGIN = Pattern.compile("(?:^|\n)(\\S+) (?i:LOGIN|AUTHENTICATE \\S+)(?= |\r|$)");

    private final Deque<String> lines = new ArrayDeque<>();

    /** The tag of a login that the server has not answered yet; what the client sends meanwhile is its secret. */
    private String login = "";

    /** Adds a line of the client and returns it as it is shown. */
    synchronized String client(String line) {
        String shown = hidden(line);
        add("C: " + shown);
        return shown;
    }

    /** Returns a line that did not come to its end as it may be shown. */
    synchronized String partial(CharSequence line) {
        return hidden(line.toString());
    }

    private String hidden(String line) {
        if (!login.isEmpty()) {
            return HIDDEN;
        }
        Matcher matcher = LOGIN.matcher(line);
        if (!matcher.find()) {
            return shown(line);
        }
        login = matcher.group(1);
        return shown(line.substring(0, matcher.end())) + (matcher.end() == line.length() ? "" : " " + HIDDEN);
    }

    /** Adds what a line of the script makes the server do. */
    synchronized void server(String line) {
        if (line.contains(login + " ")) {
            login = "";
        }
        add(line);
    }

    synchronized void octets(long count) {
        add("C: <" + count + " octets>");
    }

    /** Returns the content of a literal as it may be shown. */
    synchronized String literal(String content) {
        return login.isEmpty() ? shown(content) : HIDDEN;
    }

    /** Forgets the last line, which turned out not to belong to the dialogue. */
    synchronized void dropLast() {
        lines.pollLast();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(String line) {
        if (lines.size() == MAX_LINES) {
            lines.removeFirst();
        }
        lines.add(line);
    }

    /** Returns octets as text: those that do not print are escaped, and what is long is cut. */
    static String shown(CharSequence octets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(MAX_SHOWN, octets.length()); i++) {
            text.append(shown(octets.charAt(i)));
        }
        return octets.length() > MAX_SHOWN ? text + "... (" + octets.length() + " octets)" : text.toString();
    }

    private static String shown(char octet) {
        return switch (octet) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            default ->
                octet >= ' ' && octet <= '~'
                        ? String.valueOf(octet)
                        : String.format(Locale.ROOT, "\\x%02x", (int) octet);
        };
    }
}
