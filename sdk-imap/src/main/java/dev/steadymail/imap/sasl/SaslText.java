package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;
import java.text.Normalizer;

/** User names, passwords and tokens as the mechanisms may carry them. */
final class SaslText {
    private SaslText() {}

    /** Returns the user name; one with control characters could end its field and write the next. */
    static String user(String user) throws SaslRefusedException {
        if (user.isEmpty() || user.chars().anyMatch(Character::isISOControl)) {
            throw SaslRefusedException.credentials("the user name is empty or holds a control character");
        }
        return user;
    }

    /** Returns the token's text, which is visible ASCII (RFC 6750 section 2.1). */
    static String token(Secret token) throws SaslRefusedException {
        String text = token.reveal();
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw SaslRefusedException.credentials(
                    "an access token holds visible ASCII characters only; check how it was read");
        }
        return text;
    }

    /** Returns a name in which comma and equals sign cannot be taken for syntax (RFC 5802 section 5.1). */
    static String saslname(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /**
     * Returns text as SASLprep has it (RFC 4013 section 2): spaces are one kind, what shows nothing is left out, then NFKC.
     *
     * <p>Two differences: NFKC is the JDK's, newer than Unicode 3.2, and text of mixed direction (section 2.4) is left to the server to
     * judge. {@code what} names the text for the error.
     */
    static String prepared(String what, String text) throws SaslRefusedException {
        StringBuilder mapped = new StringBuilder();
        text.codePoints().filter(c -> !showsNothing(c)).forEach(c -> mapped.appendCodePoint(isSpace(c) ? ' ' : c));
        String prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        if (prepared.isEmpty() || prepared.codePoints().anyMatch(SaslText::isProhibited)) {
            throw SaslRefusedException.credentials(
                    "the " + what + " is empty or holds a control or private character, which SASLprep does not allow");
        }
        return prepared;
    }

    private static boolean isSpace(int c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** RFC 3454 table B.1. */
    private static boolean showsNothing(int c) {
        return switch (c) {
            case 0x00AD, 0x034F, 0x1806, 0x180B, 0x180C, 0x180D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF -> true;
            default -> c >= 0xFE00 && c <= 0xFE0F;
        };
    }

    /** RFC 3454 tables C.2 to C.9, by the categories that they were made of. */
    private static boolean isProhibited(int c) {
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return noncharacter
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                };
    }
}
