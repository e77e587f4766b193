/**
 * Submission of messages by SMTP (RFC 6409). Start at {@link dev.steadymail.smtp.SmtpServer} for what a user states, and at {@code
 * SubmissionDialogue} for how a message goes.
 *
 * <p>The dialogue knows no sockets and no clock: it takes the server's octets and says what to do next, so that whether a message may
 * have been accepted is known to the octet. {@code SmtpConnection} carries it out on the transport of the IMAP engine, on the thread of
 * the call.
 */
@NullMarked
package dev.steadymail.smtp;

import org.jspecify.annotations.NullMarked;
