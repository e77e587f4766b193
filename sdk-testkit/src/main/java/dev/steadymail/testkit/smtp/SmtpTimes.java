package dev.steadymail.testkit.smtp;

/**
 * When and how often a fault happens.
 *
 * @param skip occasions that pass unharmed first, at least 0
 * @param times occasions on which it may happen after that, at least 1
 * @param probability how likely it is on each of them, above 0 and at most 1
 */
public record SmtpTimes(int skip, int times, double probability) {

    public SmtpTimes {
        if (skip < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "skip must be at least 0 and times at least 1, were " + skip + " and " + times);
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1, was " + probability);
        }
    }

    /** On the next occasion only. */
    public static SmtpTimes once() {
        return times(1);
    }

    /** On the next so many occasions. */
    public static SmtpTimes times(int times) {
        return new SmtpTimes(0, times, 1);
    }

    /** On every occasion until the plan is cleared. */
    public static SmtpTimes always() {
        return times(Integer.MAX_VALUE);
    }

    /** On each occasion with this probability, drawn from the plan's chance. */
    public static SmtpTimes withProbability(double probability) {
        return new SmtpTimes(0, Integer.MAX_VALUE, probability);
    }

    /** Returns the same, beginning after so many occasions. */
    public SmtpTimes after(int occasions) {
        return new SmtpTimes(occasions, times, probability);
    }
}
