package dev.steadymail.testkit.smtp;

/**
 * Something that goes wrong on purpose at one stage of the dialogue. {@link SmtpTimes} says how often. Immutable.
 *
 * <pre>{@code
 * plan.add(SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(450, "4.7.1", "greylisted")).recipient(2), SmtpTimes.once());
 * plan.add(SmtpFault.at(SmtpStage.ACCEPTED, new SmtpTrouble.Cut()), SmtpTimes.withProbability(0.05));
 * }</pre>
 *
 * @param stage where
 * @param trouble what
 * @param recipient which RCPT of a message, counted from 1; 0 for each
 */
public record SmtpFault(SmtpStage stage, SmtpTrouble trouble, int recipient) {

    public SmtpFault {
        boolean ofContent = trouble instanceof SmtpTrouble.CutAfter || trouble instanceof SmtpTrouble.CutWithin;
        boolean anywhere = trouble instanceof SmtpTrouble.Silence || trouble instanceof SmtpTrouble.StopReading;
        if (!anywhere && ofContent != (stage == SmtpStage.CONTENT)) {
            throw new IllegalArgumentException(
                    "CutAfter and CutWithin are for CONTENT, which takes no other than Silence and StopReading");
        }
        if (recipient < 0 || (recipient > 0 && stage != SmtpStage.RCPT)) {
            throw new IllegalArgumentException("recipient must be 0, or at RCPT at least 1, was " + recipient);
        }
    }

    /** Returns a fault at a stage, at RCPT for each recipient. */
    public static SmtpFault at(SmtpStage stage, SmtpTrouble trouble) {
        return new SmtpFault(stage, trouble, 0);
    }

    /** Accepts a message and cuts the connection before the 250, so that the client cannot know. */
    public static SmtpFault acceptThenCut() {
        return at(SmtpStage.ACCEPTED, new SmtpTrouble.Cut());
    }

    /**
     * Returns the same fault for one RCPT of each message only.
     *
     * @param nth counted from 1, refused ones included
     */
    public SmtpFault recipient(int nth) {
        return new SmtpFault(stage, trouble, nth);
    }

    boolean concerns(SmtpStage where, int nth) {
        return stage == where && (recipient == 0 || recipient == nth);
    }
}
