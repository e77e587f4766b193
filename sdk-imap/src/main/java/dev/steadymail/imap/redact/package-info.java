/**
 * Lines of IMAP and SMTP without what people wrote: each is made anew from words that are known here, numbers where the protocol puts
 * numbers, and lengths of all else. Nothing is taken out of a line, so nothing can be overlooked in one. Start at
 * {@link dev.steadymail.imap.redact.ResponseRedactor}.
 */
@NullMarked
package dev.steadymail.imap.redact;

import org.jspecify.annotations.NullMarked;
