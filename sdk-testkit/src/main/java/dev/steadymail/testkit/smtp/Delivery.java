package dev.steadymail.testkit.smtp;

/** Takes over a message whose content has arrived. */
final class Delivery {
    private final Conversation talk;
    private final Transaction transaction;

    Delivery(Conversation talk, Transaction transaction) {
        this.talk = talk;
        this.transaction = transaction;
    }

    /** Breaks the connection off in the middle of the content. */
    void cut() {
        talk.output().end(new SmtpAction.Cut());
    }

    /** Answers a chunk. One that is refused ends the transaction (RFC 3030 section 2). */
    void chunk(long size, boolean last) {
        talk.abandon();
        talk.at(SmtpStage.BDAT, 0, () -> {
            talk.transaction(transaction);
            if (last) {
                end();
            } else if (transaction.content().isTooLarge()) {
                talk.abandon();
                throw tooLarge();
            } else {
                talk.reply(250, "2.0.0", size + " octets received");
            }
        });
    }

    /** Accepts the message or refuses it; the transaction is over either way. */
    void end() {
        talk.backToCommands();
        talk.reset();
        SmtpEnvelope envelope = transaction.envelope(talk.user(), talk.isEncrypted());
        transaction.content().audit().report(talk.mailroom(), envelope);
        talk.at(SmtpStage.END_OF_DATA, 0, () -> accept(envelope));
    }

    private void accept(SmtpEnvelope envelope) {
        if (transaction.content().isTooLarge()) {
            throw tooLarge();
        }
        SmtpReply reply = talk.mailroom()
                .accept(new SmtpMessage(envelope, transaction.content().octets()));
        if (reply.code() == 250) {
            talk.at(SmtpStage.ACCEPTED, 0, () -> talk.output().reply(reply));
        } else {
            talk.output().reply(reply);
        }
    }

    private static CommandRefusedException tooLarge() {
        return CommandRefusedException.refused(552, "5.3.4", "too large a message");
    }
}
