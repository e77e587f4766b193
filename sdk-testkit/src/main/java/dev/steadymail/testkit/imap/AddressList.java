package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a header field, raw and forgiving, in the form of ENVELOPE (RFC 3501 section 7.4.2): a group is an entry without host
 * that names it, its members, and an entry without mailbox and host.
 */
final class AddressList {

    private static final int MAX_ADDRESSES = 10_000;
    private static final String SPECIALS = ",;:<>";

    private final String text;
    private final List<Address> addresses = new ArrayList<>();
    private int at;
    private boolean inGroup;

    record Address(
            @Nullable String name,
            @Nullable String mailbox,
            @Nullable String host) {}

    private AddressList(String text) {
        this.text = text;
    }

    static List<Address> read(String value) {
        AddressList list = new AddressList(value);
        list.readAll();
        return list.addresses;
    }

    private void readAll() {
        while (at < text.length() && addresses.size() < MAX_ADDRESSES) {
            Phrase phrase = phrase();
            char stop = at < text.length() ? text.charAt(at++) : ',';
            switch (stop) {
                case '<' -> addMailbox(phrase.text, angle());
                case ':' -> openGroup(phrase.text);
                default -> addBare(phrase);
            }
            if (stop == ';') {
                closeGroup();
            }
        }
        closeGroup();
    }

    private void openGroup(String name) {
        closeGroup();
        addresses.add(new Address(null, name, null));
        inGroup = true;
    }

    private void closeGroup() {
        if (inGroup) {
            addresses.add(new Address(null, null, null));
            inGroup = false;
        }
    }

    private void addBare(Phrase phrase) {
        if (!phrase.text.isEmpty()) {
            addMailbox(phrase.comment, phrase.text.replace(" ", ""));
        }
    }

    private void addMailbox(@Nullable String name, String spec) {
        int atSign = spec.lastIndexOf('@');
        String local = atSign < 0 ? spec : spec.substring(0, atSign);
        String host = atSign < 0 ? "" : spec.substring(atSign + 1);
        addresses.add(new Address(name == null || name.isEmpty() ? null : name, local, host));
    }

    /** Reads up to and with the closing angle, then drops what is left before the next separator; a source route is dropped as well. */
    private String angle() {
        int end = text.indexOf('>', at);
        String inside = text.substring(at, end < 0 ? text.length() : end).strip();
        at = end < 0 ? text.length() : end + 1;
        phrase();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
        }
        int route = inside.startsWith("@") ? inside.indexOf(':') : -1;
        return inside.substring(route + 1);
    }

    private static final class Phrase {
        private String text = "";
        private @Nullable String comment;
    }

    /** Reads words, quoted strings and comments up to one of the specials. */
    private Phrase phrase() {
        Phrase phrase = new Phrase();
        StringBuilder words = new StringBuilder();
        while (at < text.length() && SPECIALS.indexOf(text.charAt(at)) < 0) {
            char next = text.charAt(at);
            if (next == '"') {
                words.append(delimited('"'));
            } else if (next == '(') {
                phrase.comment = delimited(')');
            } else {
                words.append(next);
                at++;
            }
        }
        phrase.text = words.toString().strip();
        return phrase;
    }

    private String delimited(char close) {
        StringBuilder inside = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != close) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at++));
        }
        at++;
        return inside.toString();
    }
}
