package dev.steadymail.testkit.smtp;

import java.time.Duration;
import java.util.List;

/** What goes wrong in a {@link SmtpFault}. */
public sealed interface SmtpTrouble {

    /** Answers in this way without doing the command. 421 ends the connection, and so does {@link #thenClose}. */
    record Answer(int code, String enhanced, List<String> lines, boolean thenClose) implements SmtpTrouble {
        /**
         * @param code 200 to 599
         * @param enhanced such as {@code 4.7.1}; empty for none
         * @param lines at least one, printable ASCII
         * @param thenClose whether the connection ends behind the answer
         */
        public Answer {
            if (code < 200 || code > 599) {
                throw new IllegalArgumentException("code must be 200 to 599, was " + code);
            }
            if (!enhanced.isEmpty() && !enhanced.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
                throw new IllegalArgumentException("enhanced must be like 4.7.1 or empty");
            }
            lines = List.copyOf(lines);
            if (lines.isEmpty() || lines.stream().anyMatch(line -> !line.matches("[ -~]*"))) {
                throw new IllegalArgumentException("lines must be at least one, of printable ASCII");
            }
        }
    }

    /** Cuts the connection without doing the command; in {@link SmtpStage#ACCEPTED}, with the message accepted. */
    record Cut() implements SmtpTrouble {}

    /** Does the command, answers it, and closes the connection. */
    record AnswerThenClose() implements SmtpTrouble {}

    /**
     * Cuts the connection when so many octets of the content have been read, dots and CRLF included. Only in {@link SmtpStage#CONTENT};
     * shorter content comes through unharmed.
     *
     * @param octets at least 0
     */
    record CutAfter(long octets) implements SmtpTrouble {
        public CutAfter {
            require("octets", octets, 0);
        }
    }

    /**
     * As {@link CutAfter}, after a number of octets that the plan draws.
     *
     * @param octets the number is below this; at least 1
     */
    record CutWithin(long octets) implements SmtpTrouble {
        public CutWithin {
            require("octets", octets, 1);
        }
    }

    /** Does the command at once, and answers it after a while. */
    record Delay(Duration length) implements SmtpTrouble {
        public Delay {
            if (length.isNegative()) {
                throw new IllegalArgumentException("length must not be negative, was " + length);
            }
        }
    }

    /** Does not do the command, and says nothing from then on; what comes is read and forgotten. */
    record Silence() implements SmtpTrouble {}

    /** As {@link Silence}, and reads nothing either, so that a client that writes on gets stuck. */
    record StopReading() implements SmtpTrouble {}

    /** Sends these octets, one for each character up to 255, in place of doing the command. */
    record Garbage(String octets) implements SmtpTrouble {
        public Garbage {
            if (octets.chars().anyMatch(c -> c > 0xFF)) {
                throw new IllegalArgumentException("each character stands for an octet and must be at most 255");
            }
        }
    }

    /**
     * Answers with one line that does not end, without doing the command, and then closes.
     *
     * @param octets how many are sent at most, at least 1
     */
    record EndlessLine(long octets) implements SmtpTrouble {
        public EndlessLine {
            require("octets", octets, 1);
        }
    }

    /**
     * Answers 250 with lines that all announce one more, without doing the command, and then closes.
     *
     * @param lines how many are sent at most, at least 1
     */
    record EndlessReply(long lines) implements SmtpTrouble {
        public EndlessReply {
            require("lines", lines, 1);
        }
    }

    /** Does the command, and answers it in pieces of one octet. */
    record OctetByOctet() implements SmtpTrouble {}

    /** Returns an answer of one line. */
    static SmtpTrouble answer(int code, String enhanced, String text) {
        return new Answer(code, enhanced, List.of(text), false);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }
}
