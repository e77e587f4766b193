package dev.steadymail.testkit.smtp;

/** Makes a fault happen. */
final class Mishap {
    private final Conversation talk;
    private final SmtpOutput output;

    Mishap(Conversation talk) {
        this.talk = talk;
        this.output = talk.output();
    }

    /**
     * Does what a fault says.
     *
     * @param step what would happen without it
     */
    void happen(SmtpTrouble trouble, Runnable step) {
        if (trouble instanceof SmtpTrouble.Answer answer) {
            answer(answer);
        } else if (trouble instanceof SmtpTrouble.Garbage garbage) {
            output.send(garbage.octets());
        } else if (trouble instanceof SmtpTrouble.EndlessLine line) {
            output.send("250 ");
            output.repeat("x", line.octets());
            output.end(new SmtpAction.Close());
        } else if (trouble instanceof SmtpTrouble.EndlessReply reply) {
            output.repeat("250-and more\r\n", reply.lines());
            output.end(new SmtpAction.Close());
        } else if (!endsOrFallsSilent(trouble)) {
            meddle(trouble, step);
        }
    }

    private void answer(SmtpTrouble.Answer answer) {
        output.reply(new SmtpReply(answer.code(), answer.enhanced(), answer.lines()));
        if (answer.thenClose() || answer.code() == 421) {
            output.end(new SmtpAction.Close());
        }
    }

    private boolean endsOrFallsSilent(SmtpTrouble trouble) {
        if (trouble instanceof SmtpTrouble.Cut) {
            output.end(new SmtpAction.Cut());
        } else if (trouble instanceof SmtpTrouble.StopReading) {
            output.end(new SmtpAction.StopReading());
        } else if (trouble instanceof SmtpTrouble.Silence) {
            talk.fallSilent();
        } else {
            return false;
        }
        return true;
    }

    private void meddle(SmtpTrouble trouble, Runnable step) {
        Transaction transaction = talk.transaction();
        if (trouble instanceof SmtpTrouble.CutAfter cut && transaction != null) {
            transaction.content().cutAfter(cut.octets());
        } else if (trouble instanceof SmtpTrouble.Delay delay) {
            output.pause(delay.length());
        }
        output.octetByOctet(trouble instanceof SmtpTrouble.OctetByOctet);
        step.run();
        output.octetByOctet(false);
        if (trouble instanceof SmtpTrouble.AnswerThenClose) {
            output.end(new SmtpAction.Close());
        }
    }
}
