/**
 * What a mail provider implements: start at {@link dev.steadymail.provider.MailProvider}. Users of the SDK need only
 * {@link dev.steadymail.provider.MailAccount}.
 */
@NullMarked
package dev.steadymail.provider;

import org.jspecify.annotations.NullMarked;
