package dev.steadymail.testkit.smtp;

/** A place in the dialogue where a {@link SmtpFault} can happen. Before the command is done, unless said otherwise. */
public enum SmtpStage {
    /** A new connection. */
    GREETING,
    /** EHLO. */
    EHLO,
    /** HELO. */
    HELO,
    /** STARTTLS. */
    STARTTLS,
    /** AUTH, before the first challenge. */
    AUTH,
    /** MAIL. */
    MAIL,
    /** RCPT; {@link SmtpFault#recipient} says which one of a message. */
    RCPT,
    /** The command DATA, before 354. */
    DATA,
    /** The content, behind 354 or behind the first BDAT of a message. */
    CONTENT,
    /** A chunk that has arrived. */
    BDAT,
    /** The end of the content, by CRLF.CRLF or BDAT LAST, before the message is accepted. */
    END_OF_DATA,
    /** The message is accepted and recorded, and its 250 not yet sent. */
    ACCEPTED,
    /** RSET. */
    RSET,
    /** NOOP. */
    NOOP,
    /** QUIT. */
    QUIT
}
