/**
 * The mail model in the words of JMAP (RFC 8621): start at {@link dev.steadymail.mail.Email} and
 * {@link dev.steadymail.mail.Mailbox}. Everything here is an immutable value or an error; it depends on no other package.
 */
@NullMarked
package dev.steadymail.mail;

import org.jspecify.annotations.NullMarked;
