package dev.steadymail.smtp;

/** A part of a dialogue. Not thread-safe. */
sealed interface Phase permits LoginDialogue, MessageDialogue {
    /**
     * Returns what is to be done next.
     *
     * @throws dev.steadymail.mail.MailException where it cannot go on
     */
    Step next();

    /**
     * Takes a reply.
     *
     * @throws dev.steadymail.mail.MailException where it cannot go on
     */
    void reply(Reply reply);

    /** Answers whether the server may have accepted a message by now without having said so. */
    boolean isCommitted();
}
