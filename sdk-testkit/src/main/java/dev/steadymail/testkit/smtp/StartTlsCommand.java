package dev.steadymail.testkit.smtp;

/** STARTTLS (RFC 3207). What comes between the answer and TLS is thrown away, so that nobody can put it into the encrypted part. */
final class StartTlsCommand implements Command {

    @Override
    public void run(Conversation talk, CommandLine line) {
        talk.at(SmtpStage.STARTTLS, 0, () -> start(talk, line));
    }

    private static void start(Conversation talk, CommandLine line) {
        line.requireBare();
        if (!talk.settings().offersStartTls()) {
            throw CommandRefusedException.syntax(502, "5.5.1", "there is no STARTTLS here");
        }
        if (talk.isEncrypted() || talk.transaction() != null) {
            throw CommandRefusedException.outOfOrder("too late for STARTTLS");
        }
        talk.reply(220, "2.0.0", "go ahead");
        talk.output().startTls();
        talk.intake((octets, from, to) -> {
            talk.violation(SmtpViolation.EARLY_INPUT);
            talk.intake(Intake.nothing());
            return to;
        });
    }
}
