package dev.steadymail.testkit.smtp;

/** The commands that need a few lines only. */
final class SmallCommands {

    private SmallCommands() {}

    static void rset(Conversation talk, CommandLine line) {
        talk.at(SmtpStage.RSET, 0, () -> {
            line.requireBare();
            talk.reset();
            talk.reply(250, "2.0.0", "forgotten");
        });
    }

    /** An argument is allowed and means nothing (RFC 5321 section 4.1.1.9). */
    static void noop(Conversation talk, CommandLine unusedLine) {
        talk.mustBeLast();
        talk.at(SmtpStage.NOOP, 0, () -> talk.reply(250, "2.0.0", "here"));
    }

    /** Tells nothing (RFC 5321 section 7.3). */
    static void vrfy(Conversation talk, CommandLine line) {
        talk.mustBeLast();
        if (line.argument().isEmpty()) {
            throw CommandRefusedException.syntax(501, "5.5.4", "VRFY takes a name");
        }
        talk.reply(252, "2.5.2", "send and see");
    }

    static void help(Conversation talk, CommandLine unusedLine) {
        talk.reply(214, "2.0.0", "see RFC 5321");
    }

    static void expn(Conversation talk, CommandLine unusedLine) {
        talk.mustBeLast();
        throw CommandRefusedException.refused(502, "5.5.1", "there are no lists");
    }

    static void quit(Conversation talk, CommandLine line) {
        talk.mustBeLast();
        talk.at(SmtpStage.QUIT, 0, () -> {
            line.requireBare();
            talk.reply(221, "2.0.0", talk.settings().name() + " closes");
            talk.output().end(new SmtpAction.Close());
        });
    }
}
