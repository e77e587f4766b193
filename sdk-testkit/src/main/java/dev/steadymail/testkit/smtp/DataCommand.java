package dev.steadymail.testkit.smtp;

/** DATA (RFC 5321 section 4.1.1.4). */
final class DataCommand implements Command {

    @Override
    public void run(Conversation talk, CommandLine line) {
        talk.mustBeLast();
        talk.at(SmtpStage.DATA, 0, () -> begin(talk, line));
    }

    private static void begin(Conversation talk, CommandLine line) {
        line.requireBare();
        Transaction transaction = talk.requireRecipients();
        if (transaction.isInChunks() || transaction.parameters().body().equals("BINARYMIME")) {
            throw CommandRefusedException.outOfOrder("this message takes BDAT only (RFC 3030)");
        }
        talk.reply(354, "", "go on, and end with CRLF.CRLF");
        Delivery delivery = new Delivery(talk, transaction);
        talk.at(
                SmtpStage.CONTENT,
                0,
                () -> talk.intake(new DataIntake(transaction.content(), delivery::end, delivery::cut)));
    }
}
