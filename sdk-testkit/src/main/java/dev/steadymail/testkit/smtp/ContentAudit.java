package dev.steadymail.testkit.smtp;

/** Looks at content, octet by octet, for what a careful client does not send. */
final class ContentAudit {
    /** RFC 5321 section 4.5.3.1.6, CRLF included. */
    private static final int LONGEST_LINE = 1_000;

    private int bareCrs;
    private int bareLfs;
    private int longLines;
    private int lineOctets;
    private boolean eightBit;
    private boolean afterCr;

    void octet(byte octet) {
        eightBit |= octet < 0;
        lineOctets++;
        if (octet == '\n' && afterCr) {
            longLines += lineOctets > LONGEST_LINE ? 1 : 0;
            lineOctets = 0;
        } else if (octet == '\n') {
            bareLfs++;
        } else if (afterCr) {
            bareCrs++;
        }
        afterCr = octet == '\r';
    }

    /** Reports what was found in content that has ended. */
    void report(SmtpMailroom mailroom, SmtpEnvelope envelope) {
        if (envelope.body().equals("BINARYMIME")) {
            return;
        }
        mailroom.violation(SmtpViolation.BARE_CR_IN_CONTENT, bareCrs + (afterCr ? 1 : 0));
        mailroom.violation(SmtpViolation.BARE_LF_IN_CONTENT, bareLfs);
        mailroom.violation(SmtpViolation.LONG_CONTENT_LINE, longLines);
        boolean announced = envelope.body().equals("8BITMIME") || envelope.smtpUtf8();
        mailroom.violation(SmtpViolation.EIGHT_BIT_CONTENT, eightBit && !announced ? 1 : 0);
    }
}
