/** The face of Steadymail: start at {@code MailRuntime}, which opens a {@code MailClient} for one account. */
@NullMarked
package dev.steadymail;

import org.jspecify.annotations.NullMarked;
