package dev.steadymail.testkit.smtp;

import java.util.EnumSet;
import java.util.Set;

/** A service extension that the server can announce in its answer to EHLO. One that is not announced is not understood either. */
public enum SmtpExtension {
    /** Commands in groups (RFC 2920). Without it, octets behind a command that is not yet answered are a violation. */
    PIPELINING("PIPELINING"),
    /** The size limit, and SIZE of MAIL (RFC 1870). */
    SIZE("SIZE"),
    /** AUTH (RFC 4954), announced only where somebody could log in. */
    AUTH("AUTH"),
    /** BODY=8BITMIME of MAIL (RFC 6152). */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Codes such as 2.1.5 in answers (RFC 2034). */
    ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
    /** RET, ENVID, NOTIFY and ORCPT (RFC 3461). */
    DSN("DSN"),
    /** BDAT (RFC 3030). */
    CHUNKING("CHUNKING"),
    /** BODY=BINARYMIME of MAIL (RFC 3030); off by default, as at large providers. */
    BINARY_MIME("BINARYMIME"),
    /** Addresses and header fields in UTF-8 (RFC 6531). */
    SMTPUTF8("SMTPUTF8");

    private final String keyword;

    SmtpExtension(String keyword) {
        this.keyword = keyword;
    }

    /** Returns the keyword of the answer to EHLO. */
    public String keyword() {
        return keyword;
    }

    static Set<SmtpExtension> onByDefault() {
        return EnumSet.complementOf(EnumSet.of(BINARY_MIME));
    }
}
