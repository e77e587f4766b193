package dev.steadymail.testkit.smtp;

import org.jspecify.annotations.Nullable;

/** The state of one connection, as its commands see and change it. */
final class Conversation {
    private final SmtpSettings settings;
    private final SmtpMailroom mailroom;
    private final SmtpFaultPlan faults;
    private final SmtpOutput output;
    private final Intake lines = new LineIntake(new CommandLines(this));
    private Intake intake = lines;
    private boolean encrypted;
    private boolean greeted;
    private boolean extended;
    private boolean refusing;
    private boolean silent;
    private boolean moreInHand;
    private boolean abandoned;
    private @Nullable String user;
    private @Nullable Transaction transaction;

    Conversation(SmtpSettings settings, SmtpMailroom mailroom, SmtpFaultPlan faults) {
        this.settings = settings;
        this.mailroom = mailroom;
        this.faults = faults;
        this.output = new SmtpOutput(settings.offers(SmtpExtension.ENHANCED_STATUS_CODES));
    }

    SmtpSettings settings() {
        return settings;
    }

    SmtpMailroom mailroom() {
        return mailroom;
    }

    SmtpOutput output() {
        return output;
    }

    Intake intake() {
        return intake;
    }

    void intake(Intake next) {
        intake = next;
    }

    /** Says nothing any more, and forgets what comes. */
    void fallSilent() {
        silent = true;
        intake = Intake.nothing();
    }

    boolean isSilent() {
        return silent;
    }

    /** Takes commands again. */
    void backToCommands() {
        intake = lines;
    }

    /** Does a step of the dialogue, or what a fault says instead. */
    void at(SmtpStage stage, int nth, Runnable step) {
        SmtpTrouble trouble = faults.take(stage, nth);
        if (trouble == null) {
            attempt(step);
        } else {
            refusing |= stage == SmtpStage.GREETING && trouble instanceof SmtpTrouble.Answer a && a.code() >= 500;
            new Mishap(this).happen(trouble, () -> attempt(step));
        }
    }

    /** Does something that may be refused; the refusal is its answer then. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (CommandRefusedException e) {
            violation(e.violation());
            output.reply(e.reply());
        }
    }

    void reply(int code, String enhanced, String text) {
        output.reply(SmtpReply.of(code, enhanced, text));
    }

    void violation(@Nullable SmtpViolation violation) {
        if (violation != null) {
            mailroom.violation(violation, 1);
        }
    }

    void moreInHand(boolean more) {
        moreInHand = more;
    }

    /** Counts it where the client has sent more behind a command whose answer it must await. */
    void mustBeLast() {
        if (moreInHand) {
            violation(SmtpViolation.EARLY_INPUT);
        }
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /** Begins anew under TLS: what was said before counts no more (RFC 3207 section 4.2). */
    void underTls() {
        encrypted = true;
        greeted = false;
        extended = false;
        user = null;
        reset();
        backToCommands();
    }

    void startEncrypted(boolean fromTheStart) {
        encrypted = fromTheStart;
    }

    /** Tells whether the greeting refused all service (RFC 5321 section 3.1). */
    boolean isRefusing() {
        return refusing;
    }

    boolean isGreeted() {
        return greeted;
    }

    boolean isExtended() {
        return extended;
    }

    void greetedBy(boolean ehlo) {
        greeted = true;
        extended = ehlo;
        reset();
    }

    @Nullable
    String user() {
        return user;
    }

    void logIn(String name) {
        user = name;
    }

    @Nullable
    Transaction transaction() {
        return transaction;
    }

    void transaction(Transaction begun) {
        transaction = begun;
        abandoned = false;
    }

    /** Ends the transaction, without the client having to know: it may be in the middle of a group of commands. */
    void abandon() {
        transaction = null;
        abandoned = true;
    }

    /** Ends the transaction. */
    void reset() {
        transaction = null;
        abandoned = false;
    }

    /** Returns the transaction for a command that needs one. */
    Transaction requireTransaction() {
        Transaction present = transaction;
        if (present != null) {
            return present;
        }
        if (abandoned) {
            throw CommandRefusedException.refused(503, "5.5.1", "the message was given up");
        }
        throw CommandRefusedException.outOfOrder("MAIL first");
    }

    /** Returns the transaction for content, which needs a recipient. */
    Transaction requireRecipients() {
        Transaction present = requireTransaction();
        if (present.recipients() > 0) {
            return present;
        }
        if (present.triedRecipients()) {
            throw CommandRefusedException.refused(554, "5.5.1", "no valid recipients");
        }
        throw CommandRefusedException.outOfOrder("RCPT first");
    }
}
