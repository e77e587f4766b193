package dev.steadymail.testkit.smtp;

/** A command of SMTP. */
interface Command {

    /**
     * Does it and answers.
     *
     * @throws CommandRefusedException if nothing was done; the answer is in it
     */
    void run(Conversation talk, CommandLine line);
}
