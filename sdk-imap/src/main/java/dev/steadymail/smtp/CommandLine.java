package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The only way in which a command becomes octets. Visible ASCII and spaces pass and nothing else, whatever a caller put together: no
 * CR, LF or NUL, and no character that a narrower encoding would turn into one (U+760D ends in the octet of CR). Where SMTPUTF8 was
 * agreed on other characters pass as UTF-8, whose octets beyond ASCII are never those of ASCII; controls do not.
 */
final class CommandLine {
    /** RFC 5321 section 4.5.3.1.4, and what RFC 3461 section 5 and RFC 6531 section 3.4 add to MAIL and RCPT, without CRLF. */
    static final int LONGEST = 510 + 500;
    /** RFC 4954 section 4: AUTH with an initial response keeps to the limit of all commands. */
    static final int LONGEST_AUTH = 510;
    /** RFC 4954 section 4, without CRLF. */
    private static final int LONGEST_RESPONSE = 12_286;

    private CommandLine() {}

    /**
     * Returns a command's octets with CRLF.
     *
     * @throws MailException INVALID where it could be more than one command
     */
    static ByteBuffer of(String command) {
        return encode(command, LONGEST);
    }

    /**
     * Returns the octets of a command that may hold UTF-8 (RFC 6531 section 3.4), with CRLF.
     *
     * @throws MailException INVALID where it could be more than one command
     */
    static ByteBuffer ofUtf8(String command) {
        if (command.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw refused("a command must hold no controls; an address does, check the fields");
        }
        byte[] octets = command.getBytes(StandardCharsets.UTF_8);
        if (octets.length > LONGEST) {
            throw tooLong(LONGEST);
        }
        return ByteBuffer.allocate(octets.length + 2)
                .put(octets)
                .put((byte) '\r')
                .put((byte) '\n')
                .flip();
    }

    /** Returns the octets of an answer to a challenge, which may be longer than a command. */
    static ByteBuffer ofResponse(String base64) {
        return encode(base64, LONGEST_RESPONSE);
    }

    private static ByteBuffer encode(String text, int longest) {
        if (text.length() > longest) {
            throw tooLong(longest);
        }
        ByteBuffer octets = ByteBuffer.allocate(text.length() + 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw refused("a command must be visible ASCII; an address holds another character, check the fields");
            }
            octets.put((byte) c);
        }
        return octets.put((byte) '\r').put((byte) '\n').flip();
    }

    private static MailException tooLong(int longest) {
        return refused("a command must have at most " + longest + " octets; an address or a token is too long");
    }

    private static MailException refused(String message) {
        return MailException.builder(Kind.INVALID, message)
                .mayHaveTakenEffect(false)
                .build();
    }
}
