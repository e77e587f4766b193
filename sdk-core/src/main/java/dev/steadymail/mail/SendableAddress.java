package dev.steadymail.mail;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an address must be to be sent to: the Mailbox of RFC 5321 section 4.1.2 with a domain for a host, and with UTF-8 in its local part
 * as RFC 6531 section 3.3 allows. It is looked at as it will be written, in Normalization Form C: some characters beyond ASCII become
 * ASCII by it, a semicolon among them.
 */
final class SendableAddress {
    /** RFC 5321 section 4.5.3.1; octets, of UTF-8 where there are others (RFC 6531 section 3.3). */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST = 254;

    /**
     * Letters and marks of all scripts, symbols among them. Controls, what is invisible or turns text around, white space, surrogates
     * without their other half and what Unicode has not assigned are none; two joiners are, since scripts of India and Persia need them.
     */
    private static final String BEYOND_ASCII = "[^\\p{ASCII}\\p{C}\\p{Z}]|[\\x{200C}\\x{200D}]";

    private static final String ATOM = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]|" + BEYOND_ASCII + "){1,64}";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~]|" + BEYOND_ASCII + "){0,62}\"";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "|" + QUOTED);
    private static final Pattern ANY_DOMAIN = Pattern.compile("[^\\p{Cntrl}\\p{Z}<>()\\[\\]@,;:\\\\\"]+");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){0,126}");

    private SendableAddress() {}

    /** Returns the address in Normalization Form C, or null where it cannot be sent to. */
    static @Nullable String of(String address) {
        if (address.length() > LONGEST) {
            return null;
        }
        String normal = Normalizer.normalize(address, Normalizer.Form.NFC);
        int at = normal.lastIndexOf('@');
        String local = normal.substring(0, Math.max(0, at));
        boolean fits = at > 0 && octets(normal) <= LONGEST && octets(local) <= LONGEST_LOCAL_PART;
        return fits
                        && LOCAL_PART.matcher(local).matches()
                        && isDomain(normal.substring(at + 1), LONGEST - octets(local) - 1)
                ? normal
                : null;
    }

    /** Answers whether anything beyond ASCII stands before the {@code @}: what comes behind it can be written in ASCII. */
    static boolean needsUtf8(String address) {
        return address.substring(0, address.lastIndexOf('@') + 1).chars().anyMatch(c -> c > '~');
    }

    private static boolean isDomain(String domain, int longest) {
        if (!ANY_DOMAIN.matcher(domain).matches()) {
            return false;
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
            return ascii.length() <= longest && DOMAIN.matcher(ascii).matches();
        } catch (IllegalArgumentException noDomain) {
            return false;
        }
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
