package dev.steadymail.imap.redact;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the line of a log from a response. Where a word or a number stands decides what it is: a mailbox may be called FETCH or 2024, and
 * a name is a length whatever it is made of. What is not understood is a length as a whole.
 */
public final class ResponseRedactor {
    /** Tags as this client makes them. */
    private static final Pattern TAG = Pattern.compile("A[0-9]{1,10}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final ResponseOctets in;
    private final LineText line = new LineText();

    private ResponseRedactor(ResponseOctets in) {
        this.in = in;
    }

    /**
     * Returns the line.
     *
     * @param octets a response with the line end, or how one began
     * @param length how many of them
     * @param streamed answers whether the octets of the literal that was announced just before a place are missing
     * @param secret whether the server's challenges are those of a login
     */
    public static String line(byte[] octets, int length, IntPredicate streamed, boolean secret) {
        ResponseRedactor redactor = new ResponseRedactor(new ResponseOctets(octets, length, streamed));
        redactor.response(secret);
        return redactor.line.toString();
    }

    private void response(boolean secret) {
        if (in.take('+')) {
            line.word("+");
            if (secret && in.left() > 1) {
                line.word(" ").secret();
            } else {
                in.hideRest(line);
            }
        } else if (in.take('*')) {
            line.word("*");
            untagged();
        } else {
            String tag = in.shortWord("");
            line.wordOr(TAG.matcher(tag).matches() ? tag : null, tag.length());
            in.spaces();
            String status = in.shortWord("[");
            status(status, isStatus(status));
        }
    }

    private static boolean isStatus(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "OK", "NO", "BAD", "BYE", "PREAUTH" -> true;
            default -> false;
        };
    }

    private void untagged() {
        in.spaces();
        String word = in.shortWord("([");
        if (NUMBER.matcher(word).matches()) {
            line.word(" ").numbers(word);
            in.spaces();
            ofMessage(in.shortWord("("));
            return;
        }
        if (isStatus(word)) {
            status(word, true);
            return;
        }
        String known = Words.RESPONSES.find(word);
        line.word(" ").wordOr(known, word.length());
        switch (known == null ? "" : known) {
            case "CAPABILITY", "ENABLED" -> capabilities("");
            case "FLAGS" -> flags(Words.FLAGS);
            case "SEARCH", "SORT", "VANISHED", "ESEARCH" -> found();
            case "LIST", "LSUB", "XLIST" -> listed();
            case "STATUS" -> counters();
            default -> in.hideRest(line);
        }
    }

    private void ofMessage(String word) {
        String known = Words.RESPONSES.find(word);
        line.word(" ").wordOr(known, word.length());
        if (known != null && known.equals("FETCH")) {
            in.spaces();
            fetched();
        } else {
            in.hideRest(line);
        }
    }

    private void status(String word, boolean known) {
        line.word(" ").wordOr(known ? word.toUpperCase(Locale.ROOT) : null, word.length());
        in.spaces();
        if (known && in.take('[')) {
            line.word(" [");
            code(in.shortWord("]"));
            in.hideTo(']', line);
            boolean unused = in.take(']');
            line.word("]");
        }
        in.hideRest(line);
    }

    private void code(String word) {
        String known = Words.CODES.find(word);
        line.wordOr(known, word.length());
        switch (known == null ? "" : known) {
            case "UIDNEXT", "UIDVALIDITY", "HIGHESTMODSEQ", "UNSEEN", "APPENDUID", "COPYUID", "MODIFIED" -> {
                while (in.next() == ' ' && !line.isFull()) {
                    in.spaces();
                    line.word(" ").numbers(in.word("]"));
                }
            }
            case "PERMANENTFLAGS" -> flags(Words.FLAGS);
            case "CAPABILITY" -> capabilities("]");
            default -> {
                if (in.take(' ')) {
                    line.word(" ");
                }
            }
        }
    }

    private void capabilities(String end) {
        in.spaces();
        while (more(end)) {
            line.word(" ");
            CapabilityWords.add(line, in.shortWord(end));
            in.spaces();
        }
        cut();
    }

    /** Answers whether there is more to show. */
    private boolean more(String end) {
        return !in.isAtEnd() && !line.isFull() && (end.isEmpty() || end.indexOf(in.next()) < 0);
    }

    private void cut() {
        if (line.isFull()) {
            line.missing(in.left());
        }
    }

    private void flags(Words some) {
        in.spaces();
        if (!in.take('(')) {
            in.hideRest(line);
            return;
        }
        line.word(" (");
        boolean first = true;
        while (more(")")) {
            in.spaces();
            String flag = in.shortWord("()");
            if (flag.isEmpty() && in.next() != ')') {
                in.hide(line);
            } else if (!flag.isEmpty()) {
                line.word(first ? "" : " ").wordOr(some.find(flag), flag.length());
            }
            first = false;
        }
        boolean unused = in.take(')');
        line.word(")");
        cut();
    }

    /** RFC 4731: ESEARCH tells for which command, then words with numbers. */
    private void found() {
        in.spaces();
        while (more("")) {
            line.word(" ");
            if (in.next() == '(') {
                correlator();
            } else {
                numbersOr(in.word("("));
            }
            in.spaces();
        }
        cut();
    }

    private void numbersOr(String word) {
        String known = foundWord(word);
        if (known != null) {
            line.word(known);
        } else {
            line.numbers(word);
        }
    }

    private static @Nullable String foundWord(String word) {
        return switch (word) {
            case "UID", "ALL", "MIN", "MAX", "COUNT", "MODSEQ", "PARTIAL" -> word;
            default -> null;
        };
    }

    /** In parentheses: the tag of the command, the mod-sequence of all, or that messages went earlier. */
    private void correlator() {
        boolean unused = in.take('(');
        String word = in.shortWord("()\"");
        in.spaces();
        switch (word) {
            case "MODSEQ" -> line.word("(MODSEQ ").numbers(in.word(")"));
            case "EARLIER" -> line.word("(EARLIER");
            case "TAG" -> {
                line.word("(TAG ");
                in.hide(line);
            }
            default -> line.word("(").length(word.length());
        }
        in.spaces();
        if (!in.take(')')) {
            // Names of mailboxes may follow, in which a bracket ends nothing.
            in.hideRest(line);
            return;
        }
        line.word(")");
    }

    /** Attributes, the sign between names, the name. */
    private void listed() {
        flags(Words.ATTRIBUTES);
        hideEach();
    }

    private void hideEach() {
        in.spaces();
        while (more("")) {
            line.word(" ");
            in.hide(line);
            in.spaces();
        }
        cut();
    }

    private void counters() {
        in.spaces();
        line.word(" ");
        if (in.next() == '(') {
            line.length(0);
        } else {
            in.hide(line);
        }
        in.spaces();
        if (!in.take('(')) {
            in.hideRest(line);
            return;
        }
        line.word(" (");
        boolean first = true;
        while (more(")")) {
            in.spaces();
            counter(first);
            in.spaces();
            first = false;
        }
        boolean unused = in.take(')');
        line.word(")");
        in.hideRest(line);
    }

    private void counter(boolean first) {
        String word = in.shortWord("()");
        String known = Words.COUNTERS.find(word);
        line.word(first ? "" : " ").wordOr(known, word.length()).word(" ");
        in.spaces();
        if (known == null || known.equals("MAILBOXID") || in.next() == '(') {
            in.hide(line);
        } else {
            line.numbers(in.word("()"));
        }
    }

    private void fetched() {
        if (!in.take('(')) {
            in.hideRest(line);
            return;
        }
        line.word(" (");
        boolean first = true;
        while (more(")")) {
            line.word(first ? "" : " ");
            item();
            in.spaces();
            first = false;
        }
        boolean unused = in.take(')');
        line.word(")");
        if (line.isFull()) {
            line.missing(in.left());
        } else {
            in.hideRest(line);
        }
    }

    private void item() {
        in.spaces();
        String word = in.shortWord("([)\"{<");
        String known = Words.ITEMS.find(word);
        line.wordOr(known, word.length());
        section();
        in.spaces();
        line.word("FLAGS".equals(known) ? "" : " ");
        switch (known == null ? "" : known) {
            case "UID", "RFC822.SIZE" -> line.numbers(in.word("()"));
            case "MODSEQ" -> {
                boolean list = in.take('(');
                line.word(list ? "(" : "").numbers(in.word("()")).word(list ? ")" : "");
                boolean unused = list && in.take(')');
            }
            case "FLAGS" -> flagsOfMessage();
            default -> in.hide(line);
        }
    }

    private void flagsOfMessage() {
        if (in.next() == '(') {
            flags(Words.FLAGS);
        } else {
            line.word(" ");
            in.hide(line);
        }
    }

    /** {@code [1.2.HEADER.FIELDS (SUBJECT)]<0>}: what was asked for, but names of fields may be anybody's. */
    private void section() {
        if (!in.take('[')) {
            return;
        }
        line.word("[");
        sectionPart(in.shortWord("]"));
        if (in.take(' ')) {
            line.word(" ");
        }
        in.hideTo(']', line);
        boolean unused = in.take(']');
        line.word("]");
        if (in.take('<')) {
            line.word("<").numbers(in.word(">")).word(">");
            unused = in.take('>');
        }
    }

    private void sectionPart(String part) {
        int at = 0;
        while (at < part.length() && (Character.isDigit(part.charAt(at)) || part.charAt(at) == '.')) {
            at++;
        }
        String numbers = part.substring(0, at);
        String rest = part.substring(at);
        String known = rest.isEmpty() ? "" : Words.ITEMS.find(rest);
        boolean ours = numbers.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')) && numbers.length() <= 40;
        if (known != null && ours) {
            line.word(numbers).word(known);
        } else {
            line.length(part.length());
        }
    }
}
