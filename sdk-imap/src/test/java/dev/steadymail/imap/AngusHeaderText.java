package dev.steadymail.imap;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes header text: encoded words (RFC 2047), and the raw UTF-8 that senders are not supposed to write. */
final class AngusHeaderText {
    private AngusHeaderText() {}

    static String decode(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String unfolded = MimeUtility.unfold(utf8(text));
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException unknownCharset) {
            return unfolded;
        }
    }

    static @Nullable String decodeOrNull(@Nullable String text) {
        return text == null ? null : decode(text);
    }

    /** Angus hands octets on as Latin-1 characters; where they are valid UTF-8 they were meant so. */
    static String utf8(String text) {
        if (text.chars().noneMatch(c -> c > 0x7f) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException latin1) {
            return text;
        }
    }
}
