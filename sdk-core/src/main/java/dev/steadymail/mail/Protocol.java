package dev.steadymail.mail;

/** What is spoken with a server: says of an event or a figure where it comes from, without naming the server. */
public enum Protocol {
    /** Gmail's API. */
    GMAIL,
    /** IMAP (RFC 3501, RFC 9051). */
    IMAP,
    /** Message submission (RFC 6409). */
    SMTP,
    /** What an application or a test brings along. */
    OTHER
}
