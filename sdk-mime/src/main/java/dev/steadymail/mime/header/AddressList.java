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
                case '"' -> quoted(words);
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> end();
                case ':' -> groupOrText();
                default -> {
                    sawAt |= c == '@';
                    words.append(c == '\r' || c == '\n' || c == '\t' ? ' ' : c);
                }
            }
        }
        end();
        return addresses;
    }

    private void quoted(StringBuilder into) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            into.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
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
            if (c == '"') {
                angle.append('"');
                quoted(angle);
                angle.append('"');
            } else {
                angle.append(c);
            }
        }
    }

    /** A colon ends the name of a group, unless an address began already. */
    private void groupOrText() {
        if (sawAt) {
            words.append(':');
        } else {
            words.setLength(0);
        }
    }

    private void end() {
        String name = HeaderText.decode(words.toString()).strip();
        String address = (hasAngle ? angle.toString() : words.toString()).strip();
        if (!hasAngle) {
            name = HeaderText.decode(comment.toString()).strip();
        }
        if (!address.isEmpty()) {
            addresses.add(new EmailAddress(name.isEmpty() ? null : name, address));
        }
        words.setLength(0);
        angle.setLength(0);
        comment.setLength(0);
        hasAngle = false;
        sawAt = false;
    }
}
