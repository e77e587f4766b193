package dev.steadymail.testkit.smtp;

import java.util.Map;

/** Takes lines as commands and has them done. */
final class CommandLines implements LineIntake.Lines {
    /** RFC 5321 section 4.5.3.1.4 asks for 512, and the extensions for about 1,200 more. */
    private static final int LONGEST_COMMAND = 2_046;

    private static final Map<String, Command> COMMANDS = Map.ofEntries(
            Map.entry("EHLO", new HelloCommand(true)),
            Map.entry("HELO", new HelloCommand(false)),
            Map.entry("STARTTLS", new StartTlsCommand()),
            Map.entry("AUTH", new AuthCommand()),
            Map.entry("MAIL", new MailCommand()),
            Map.entry("RCPT", new RcptCommand()),
            Map.entry("DATA", new DataCommand()),
            Map.entry("BDAT", new BdatCommand()),
            Map.entry("RSET", SmallCommands::rset),
            Map.entry("NOOP", SmallCommands::noop),
            Map.entry("VRFY", SmallCommands::vrfy),
            Map.entry("HELP", SmallCommands::help),
            Map.entry("EXPN", SmallCommands::expn),
            Map.entry("QUIT", SmallCommands::quit));

    private final Conversation talk;

    CommandLines(Conversation talk) {
        this.talk = talk;
    }

    @Override
    public void line(byte[] octets, boolean moreInHand) {
        talk.moreInHand(moreInHand);
        talk.attempt(() -> run(CommandLine.of(octets), octets.length));
    }

    private void run(CommandLine line, int length) {
        talk.mailroom().command(line.logged());
        if (length > LONGEST_COMMAND && !line.verb().equals("AUTH")) {
            bad(SmtpViolation.LONG_LINE);
            return;
        }
        if (!talk.settings().offers(SmtpExtension.PIPELINING) && !line.verb().equals("BDAT")) {
            talk.mustBeLast();
        }
        if (talk.isRefusing() && !line.verb().equals("QUIT")) {
            throw CommandRefusedException.outOfOrder("only QUIT is left");
        }
        Command command = COMMANDS.get(line.verb());
        if (command == null) {
            throw CommandRefusedException.syntax(500, "5.5.1", "unknown command");
        }
        command.run(talk, line);
    }

    @Override
    public void bad(SmtpViolation why) {
        talk.violation(why);
        String text =
                switch (why) {
                    case BARE_LF -> "a line ends with CRLF, not with LF";
                    case BARE_CR -> "a CR without LF";
                    default -> "the line is too long";
                };
        talk.reply(500, "5.5.2", text);
        if (why == SmtpViolation.BARE_LF) {
            talk.output().end(new SmtpAction.Close());
        }
    }
}
