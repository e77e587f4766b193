package dev.steadymail.smtp;

/**
 * When a header field has a name: whoever looks for recipients and whoever drops Bcc must never differ about it, so both ask here. White
 * space and control characters before the colon do not count (RFC 5322 section 4.5), and only letters of ASCII have two cases.
 */
final class FieldName {
    private FieldName() {}

    /** Answers whether the text before a field's colon is a name. */
    static boolean is(String name, String text) {
        return length(text) == name.length() && mayBecome(name, text);
    }

    /** Answers whether text that goes on could be a name in the end. */
    static boolean mayBecome(String name, String text) {
        int length = length(text);
        if (length > name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(text.charAt(i)) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int length(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) <= ' ') {
            length--;
        }
        return length;
    }

    private static char lower(char letter) {
        return letter >= 'A' && letter <= 'Z' ? (char) (letter + 'a' - 'A') : letter;
    }
}
