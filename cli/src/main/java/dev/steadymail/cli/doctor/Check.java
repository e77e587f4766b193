package dev.steadymail.cli.doctor;

/** One thing that has to be right before the next makes sense. */
@FunctionalInterface
interface Check {
    /**
     * Looks, and returns what was found.
     *
     * @throws dev.steadymail.cli.outcome.CommandException where it is not right, with a remedy
     * @throws dev.steadymail.mail.MailException the same, as the SDK says it
     */
    String look();
}
