/**
 * The mailbox of the demo: generated mail in an IMAP server inside this process.
 */
@NullMarked
package dev.steadymail.server.demo;

import org.jspecify.annotations.NullMarked;
