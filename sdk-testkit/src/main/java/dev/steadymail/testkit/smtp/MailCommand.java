package dev.steadymail.testkit.smtp;

/** MAIL (RFC 5321 section 4.1.1.2). */
final class MailCommand implements Command {

    @Override
    public void run(Conversation talk, CommandLine line) {
        if (!talk.isGreeted()) {
            throw CommandRefusedException.outOfOrder("EHLO first");
        }
        if (talk.transaction() != null) {
            throw CommandRefusedException.outOfOrder("there is a sender already");
        }
        // Whatever refuses MAIL, a group of commands may go on behind it.
        talk.abandon();
        talk.at(SmtpStage.MAIL, 0, () -> begin(talk, line));
    }

    private static void begin(Conversation talk, CommandLine line) {
        SmtpSettings settings = talk.settings();
        if (settings.mailNeedsLogin() && talk.user() == null) {
            throw CommandRefusedException.refused(530, "5.7.0", "authentication required");
        }
        PathArgument path = PathArgument.read("FROM", line.argument());
        EsmtpParameters given = EsmtpParameters.read(path.rest());
        if (!talk.isExtended()) {
            given.requireNoMore();
        }
        MailParameters parameters = MailParameters.read(given, settings);
        path.requireAscii(parameters.smtpUtf8());
        if (parameters.declaredSize() > settings.sizeLimit()) {
            throw CommandRefusedException.refused(552, "5.3.4", "too large a message");
        }
        talk.transaction(new Transaction(path.address(), parameters, settings.sizeLimit()));
        talk.reply(250, "2.1.0", "sender ok");
    }
}
