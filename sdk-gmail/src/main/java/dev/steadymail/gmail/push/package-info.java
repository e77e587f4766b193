/**
 * Hearing from Google that a mailbox changed: start at {@link dev.steadymail.gmail.push.GmailNotifications}. Notifications only say
 * "look now"; what changed is asked for.
 */
@NullMarked
package dev.steadymail.gmail.push;

import org.jspecify.annotations.NullMarked;
