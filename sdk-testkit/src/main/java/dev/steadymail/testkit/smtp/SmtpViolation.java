package dev.steadymail.testkit.smtp;

/** Something a careful client does not do. The server counts it; how it answers is said at each. */
public enum SmtpViolation {
    /** A CR without LF in a command: 500 at the end of the line. */
    BARE_CR,
    /** An LF without CR in a command: 500, and the connection ends, because where lines end is in doubt. */
    BARE_LF,
    /** A command line above 2,048 octets, or 12,288 for AUTH (RFC 4954 section 4.5): 500. */
    LONG_LINE,
    /** An unknown command or one with wrong arguments: 500, 501, 502, 504 or 555. */
    SYNTAX,
    /** A command at the wrong time: 503. What a pipelined group sends behind a refused MAIL is none. */
    OUT_OF_ORDER,
    /** An address beyond ASCII without SMTPUTF8: 553. */
    NOT_ASCII,
    /** Octets behind a command whose answer must be awaited (RFC 2920 section 3.1); behind STARTTLS they are thrown away. */
    EARLY_INPUT,
    /** A CR without LF in content that is not BINARYMIME; kept as it is. One count for each. */
    BARE_CR_IN_CONTENT,
    /** An LF without CR in content that is not BINARYMIME; kept as it is. One count for each. */
    BARE_LF_IN_CONTENT,
    /** A line of content above 1,000 octets with its CRLF (RFC 5321 section 4.5.3.1.6); kept as it is. One count for each. */
    LONG_CONTENT_LINE,
    /** Octets above 127 in content that was announced as 7BIT, or not at all; kept. One count for each message. */
    EIGHT_BIT_CONTENT
}
