package dev.steadymail.gmail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.InputStream;
import java.util.Base64;

/** Reads base64url text (RFC 4648 section 5), padded or not, without a decoded copy in between. */
final class Base64Text {
    private Base64Text() {}

    static InputStream decoded(String text) {
        return Base64.getUrlDecoder().wrap(new Ascii(text));
    }

    /** Returns how many octets the text decodes to. */
    static long size(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '=') {
            length--;
        }
        if (length % 4 == 1 || !text.chars().limit(length).allMatch(Base64Text::isDigit)) {
            throw MailException.of(Kind.PROTOCOL, "Gmail sent content that is not base64url");
        }
        return length * 3L / 4;
    }

    private static boolean isDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static final class Ascii extends InputStream {
        private final String text;
        private int at;

        Ascii(String text) {
            this.text = text;
        }

        @Override
        public int read() {
            return at < text.length() ? text.charAt(at++) & 0x7f : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length > 0 && at == text.length()) {
                return -1;
            }
            int count = Math.min(length, text.length() - at);
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = (byte) (text.charAt(at++) & 0x7f);
            }
            return count;
        }
    }
}
