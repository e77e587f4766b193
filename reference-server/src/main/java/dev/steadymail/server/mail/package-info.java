/**
 * Mailboxes and emails as the HTTP API shows them.
 */
@NullMarked
package dev.steadymail.server.mail;

import org.jspecify.annotations.NullMarked;
