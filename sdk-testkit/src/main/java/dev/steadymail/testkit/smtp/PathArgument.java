package dev.steadymail.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT: {@code FROM:<ada@example.com> SIZE=10}. No space may follow the colon (RFC 5321 section 3.3). A source
 * route is read and dropped (appendix C).
 *
 * @param address without angle brackets; empty for the null sender
 * @param rest the parameters with the space before each
 */
record PathArgument(String address, String rest) {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~\\x{80}-\\x{10FFFF}]|\\\\[ -~])*\"";
    private static final String LABEL =
            "[A-Za-z0-9\\x{80}-\\x{10FFFF}](?:[A-Za-z0-9\\x{80}-\\x{10FFFF}-]*[A-Za-z0-9\\x{80}-\\x{10FFFF}])?";
    private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
    private static final String DOMAIN = "(?:" + NAME + "|\\[[!-Z^-~]+\\])";
    private static final String LOCAL = "(?:" + ATOM + "(?:\\." + ATOM + ")*|" + QUOTED + ")";
    private static final Pattern PATH = Pattern.compile(
            "<(?:@" + NAME + "(?:,@" + NAME + ")*:)?((" + LOCAL + ")@(" + DOMAIN + ")|(?i:Postmaster)|)>(.*)");

    /** RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.2. */
    private static final int LONGEST_LOCAL = 64;

    private static final int LONGEST_DOMAIN = 255;

    /**
     * Reads an argument.
     *
     * @param keyword FROM or TO
     * @throws CommandRefusedException if it is malformed
     */
    static PathArgument read(String keyword, String argument) {
        String prefix = keyword + ":";
        boolean named = argument.toUpperCase(Locale.ROOT).startsWith(prefix);
        Matcher path = PATH.matcher(named ? argument.substring(prefix.length()) : "");
        boolean from = keyword.equals("FROM");
        if (!path.matches() || !isAllowed(path, from)) {
            throw CommandRefusedException.syntax(501, from ? "5.1.7" : "5.1.3", "malformed path");
        }
        return new PathArgument(path.group(1), path.group(4));
    }

    private static boolean isAllowed(Matcher path, boolean from) {
        if (path.group(2) == null) {
            return path.group(1).isEmpty() == from;
        }
        return octets(path.group(2)) <= LONGEST_LOCAL && octets(path.group(3)) <= LONGEST_DOMAIN;
    }

    /** Insists on an address that the client may use (RFC 6531 section 3.5). */
    void requireAscii(boolean smtpUtf8) {
        if (!smtpUtf8 && octets(address) != address.length()) {
            throw new CommandRefusedException(553, "5.6.7", "the address needs SMTPUTF8", SmtpViolation.NOT_ASCII);
        }
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
