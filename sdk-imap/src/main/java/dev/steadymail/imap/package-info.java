/** IMAP accounts: start at {@code ImapAccount}. */
@NullMarked
package dev.steadymail.imap;

import org.jspecify.annotations.NullMarked;
