package dev.steadymail.imap.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of mailboxes between what people read and what goes on the wire: modified UTF-7 (RFC 3501 section 5.1.3), or UTF-8 once
 * UTF8=ACCEPT was enabled (RFC 6855 section 3). On the wire a name has a character for each octet.
 */
public final class MailboxName {
    private static final Pattern SHIFTED = Pattern.compile("&([A-Za-z0-9+,]*)-|&");
    /** What is no printable ASCII, or an ampersand. */
    private static final Pattern SPECIAL = Pattern.compile("&|[^ -~]+");

    private MailboxName() {}

    /**
     * Returns a name as people read it. One that is neither modified UTF-7 nor UTF-8 stays as it is: a server may have been fed anything.
     */
    public static String decoded(String name) {
        try {
            if (name.chars().anyMatch(c -> c >= 0x80)) {
                return read(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
            Matcher shifted = SHIFTED.matcher(name);
            StringBuilder text = new StringBuilder(name.length());
            while (shifted.find()) {
                shifted.appendReplacement(text, Matcher.quoteReplacement(plain(shifted.group(1))));
            }
            return shifted.appendTail(text).toString();
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            return name;
        }
    }

    private static String plain(@Nullable String base64) throws CharacterCodingException {
        if (base64 == null) {
            throw new IllegalArgumentException("an ampersand that begins nothing");
        }
        byte[] octets = Base64.getDecoder().decode(base64.replace(',', '/'));
        return octets.length == 0 ? "&" : read(octets, StandardCharsets.UTF_16BE);
    }

    private static String read(byte[] octets, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }

    /**
     * Returns a name as it goes on the wire.
     *
     * @param utf8 whether UTF8=ACCEPT was enabled
     */
    public static String encoded(String text, boolean utf8) {
        if (utf8) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
        return SPECIAL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(shifted(found.group())));
    }

    private static String shifted(String text) {
        if (text.equals("&")) {
            return "&-";
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_16BE);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(octets);
        return "&" + base64.replace('/', ',') + "-";
    }
}
