package dev.steadymail.mime.header;

import dev.steadymail.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads address lists (RFC 5322 section 3.4) as senders write them: quoted strings, comments and groups are understood, and
 * what does not fit is taken as an address rather than lost. One pass; no backtracking.
 */
public final class AddressList {
    private static final int MAX_ADDRESSES = 2_000;

    private final String text;
    private final List<EmailAddress> addresses = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder written = new StringBuilder();
    private final StringBuilder angle = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private boolean hasAngle;
    private boolean sawAt;
    private int at;

    private AddressList(String text) {
        this.text = text;
    }

    /** Returns the addresses of a field, 2,000 at most. */
    public static List<EmailAddress> parse(String raw) {
        String text = raw.length() > HeaderText.MAX_LENGTH ? raw.substring(0, HeaderText.MAX_LENGTH) : raw;
        return new AddressList(text).read();
    }

    private List<EmailAddress> read() {
        while (at < text.length() && addresses.size() < MAX_ADDRESSES) {
            char c = text.charAt(at++);
            switch (c) {
                case '"' -> quotedWord();
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> end();
                case ':' -> groupOrText();
                default -> {
                    sawAt |= c == '@';
                    char shown = c == '\r' || c == '\n' || c == '\t' ? ' ' : c;
                    words.append(shown);
                    written.append(shown);
                }
            }
        }
        end();
        return addresses;
    }

    /** In a name the quotes say nothing; in front of an {@code @} they are part of the address. */
    private void quotedWord() {
        int from = at - 1;
        skipQuoted();
        written.append(text, from, at);
        for (int i = from + 1; i < at; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < at) {
                words.append(text.charAt(++i));
            } else if (c != '"') {
                words.append(c);
            }
        }
    }

    /** Goes behind the quote that ends what began before. */
    private void skipQuoted() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            at += c == '\\' && at < text.length() ? 1 : 0;
        }
    }

    private void comment() {
        int depth = 1;
        comment.setLength(0);
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                comment.append(text.charAt(at++));
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return;
            }
            comment.append(c);
        }
    }

    private void angle() {
        hasAngle = true;
        angle.setLength(0);
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '>') {
                return;
            }
            int from = at - 1;
            if (c == '"') {
                skipQuoted();
            }
            angle.append(text, from, at);
        }
    }

    /** A colon ends the name of a group, unless an address began already. */
    private void groupOrText() {
        if (sawAt) {
            words.append(':');
        } else {
            words.setLength(0);
            written.setLength(0);
        }
    }

    private void end() {
        String name = HeaderText.decode(words.toString()).strip();
        StringBuilder bare = sawAt ? written : words;
        String address = (hasAngle ? angle : bare).toString().strip();
        if (!hasAngle) {
            name = HeaderText.decode(comment.toString()).strip();
        }
        if (!address.isEmpty()) {
            addresses.add(new EmailAddress(name.isEmpty() ? null : name, address));
        }
        words.setLength(0);
        written.setLength(0);
        angle.setLength(0);
        comment.setLength(0);
        hasAngle = false;
        sawAt = false;
    }
}
