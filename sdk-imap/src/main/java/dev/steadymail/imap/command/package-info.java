/**
 * The commands of IMAP, one to a file (RFC 3501 section 6, RFC 9051 section 6, and the extensions each names): what goes out, and what
 * the answer means. No I/O. Start at {@link dev.steadymail.imap.command.Command}, which is the only place where arguments are made, and
 * at {@link dev.steadymail.imap.command.Exchange}, which every command is.
 */
@NullMarked
package dev.steadymail.imap.command;

import org.jspecify.annotations.NullMarked;
