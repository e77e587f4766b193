/** Gmail accounts: start at {@code GmailAccount}. */
@NullMarked
package dev.steadymail.gmail;

import org.jspecify.annotations.NullMarked;
