package dev.steadymail.server.discovery;

import dev.steadymail.server.accounts.HostText;
import java.net.IDN;
import java.util.Locale;

/**
 * An address whose servers are looked for.
 *
 * @param local what stands before the last {@code @}
 * @param domain in lower case and ASCII, at least two labels
 */
record MailAddress(String local, String domain) {
    private static final int LONGEST = 254;

    /**
     * Reads an address.
     *
     * @throws WrongAddressException where it is none
     */
    static MailAddress parse(String text) {
        String address = text.strip();
        int at = address.lastIndexOf('@');
        if (at < 1 || address.length() > LONGEST || !isPlain(address.substring(0, at))) {
            throw new WrongAddressException();
        }
        String domain = ascii(address.substring(at + 1));
        if (!domain.contains(".") || !HostText.isName(domain)) {
            throw new WrongAddressException();
        }
        return new MailAddress(address.substring(0, at), domain);
    }

    /** Without blanks, quotes and signs that mean something in URLs of others; no provider gives such addresses out. */
    private static boolean isPlain(String local) {
        return local.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "\"(),:;<>@[\\]".indexOf(c) >= 0);
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            throw new WrongAddressException();
        }
    }

    /** Returns whether a host is the domain or inside it. */
    boolean owns(String host) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    String text() {
        return local + "@" + domain;
    }

    @Override
    public String toString() {
        return "MailAddress[hidden]";
    }
}
