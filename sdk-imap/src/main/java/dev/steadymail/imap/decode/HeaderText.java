package dev.steadymail.imap.decode;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes header text: folded lines (RFC 5322 section 2.2.3) and encoded words (RFC 2047). */
final class HeaderText {
    private HeaderText() {}

    /** Returns the text to show; empty where there is none. */
    static String decode(@Nullable String text) {
        return text == null ? "" : decoded(text);
    }

    static @Nullable String decodeOrNull(@Nullable String text) {
        return text == null ? null : decoded(text);
    }

    private static String decoded(String text) {
        String unfolded = unfold(text);
        if (!unfolded.contains("=?")) {
            return unfolded;
        }
        try {
            // Encoded words may hold line breaks, which no text to show in one line should have.
            String decoded = EncodedWords.decode(unfolded);
            return unfold(decoded == null ? MimeUtility.decodeText(unfolded) : decoded);
        } catch (UnsupportedEncodingException unknownCharset) {
            return unfolded;
        }
    }

    /** Makes one line of several. */
    static String unfold(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : MimeUtility.unfold(text);
    }

    /** Reads octets that came as Latin-1 characters: as UTF-8, which senders are not supposed to write but do, where they are valid. */
    static String utf8(String octets) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException latin1) {
            return octets;
        }
    }
}
