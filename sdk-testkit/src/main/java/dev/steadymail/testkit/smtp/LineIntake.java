package dev.steadymail.testkit.smtp;

import java.io.ByteArrayOutputStream;

/**
 * Cuts octets into lines. Only CRLF ends a good line (RFC 5321 section 2.3.8); an LF alone ends a bad one, a CR alone makes its line bad.
 * Of a line that is too long nothing is kept.
 */
final class LineIntake implements Intake {
    /** The most octets of a line, its end not counted: enough for AUTH (RFC 4954 section 4.5). */
    static final int MOST_OCTETS = 12_286;

    private final Lines lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterCr;
    private boolean bareCr;
    private boolean tooLong;

    LineIntake(Lines lines) {
        this.lines = lines;
    }

    @Override
    public int take(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == '\n') {
                end(i + 1 < to);
                return i + 1;
            }
            bareCr |= afterCr;
            afterCr = octets[i] == '\r';
            if (!afterCr) {
                keep(octets[i]);
            }
        }
        return to;
    }

    private void keep(byte octet) {
        if (line.size() == MOST_OCTETS) {
            tooLong = true;
            line.reset();
        }
        if (!tooLong) {
            line.write(octet);
        }
    }

    private void end(boolean moreInHand) {
        boolean good = afterCr;
        boolean damaged = bareCr;
        boolean lost = tooLong;
        byte[] octets = line.toByteArray();
        line.reset();
        afterCr = false;
        bareCr = false;
        tooLong = false;
        if (!good) {
            lines.bad(SmtpViolation.BARE_LF);
        } else if (lost) {
            lines.bad(SmtpViolation.LONG_LINE);
        } else if (damaged) {
            lines.bad(SmtpViolation.BARE_CR);
        } else {
            lines.line(octets, moreInHand);
        }
    }

    /** Who is told of lines. */
    interface Lines {
        /**
         * Takes a good line.
         *
         * @param octets without CRLF
         * @param moreInHand whether the client has sent more already
         */
        void line(byte[] octets, boolean moreInHand);

        /** Learns that a line was not good, and why. */
        void bad(SmtpViolation why);
    }
}
