/**
 * Mail that is sent once: an {@link dev.steadymail.send.Outbox} keeps a record of every message before its first octet leaves, and
 * looks before it repeats anything. Start at {@code MailClient.outbox}.
 */
@NullMarked
package dev.steadymail.send;

import org.jspecify.annotations.NullMarked;
