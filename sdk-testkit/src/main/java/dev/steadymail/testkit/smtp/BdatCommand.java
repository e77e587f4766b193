package dev.steadymail.testkit.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BDAT (RFC 3030 section 2). The octets of a chunk that is refused are read all the same, as nothing else can tell where it ends. */
final class BdatCommand implements Command {
    private static final Pattern ARGUMENT = Pattern.compile("(?i)(\\d{1,18})( LAST)?");

    @Override
    public void run(Conversation talk, CommandLine line) {
        if (!talk.settings().offers(SmtpExtension.CHUNKING)) {
            throw CommandRefusedException.syntax(502, "5.5.1", "there is no BDAT here");
        }
        Matcher argument = ARGUMENT.matcher(line.argument());
        if (!argument.matches()) {
            talk.violation(SmtpViolation.SYNTAX);
            talk.reply(501, "5.5.4", "a number must follow; where the chunk ends is unknown");
            talk.output().end(new SmtpAction.Close());
            return;
        }
        long size = Long.parseLong(argument.group(1));
        try {
            chunk(talk, talk.requireRecipients(), size, argument.group(2) != null);
        } catch (CommandRefusedException refused) {
            discard(talk, size, refused);
        }
    }

    private static void discard(Conversation talk, long size, CommandRefusedException refused) {
        take(talk, size, new Content(0), () -> {
            throw refused;
        });
    }

    private static void chunk(Conversation talk, Transaction transaction, long size, boolean last) {
        Delivery delivery = new Delivery(talk, transaction);
        Runnable done = () -> delivery.chunk(size, last);
        if (transaction.isInChunks()) {
            take(talk, size, transaction.content(), done);
        } else {
            transaction.beginChunks();
            talk.at(SmtpStage.CONTENT, 0, () -> take(talk, size, transaction.content(), done));
        }
    }

    private static void take(Conversation talk, long size, Content content, Runnable done) {
        Runnable arrived = () -> {
            talk.backToCommands();
            talk.attempt(done);
        };
        if (size == 0) {
            arrived.run();
        } else {
            Runnable cut = () -> talk.output().end(new SmtpAction.Cut());
            talk.intake(new ChunkIntake(size, content, arrived, cut));
        }
    }
}
