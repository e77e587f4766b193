/**
 * The mailbox of the demo: 300 generated emails in an IMAP server inside this process. Start at
 * {@link dev.steadymail.server.demo.DemoMailbox}.
 *
 * <p>What people write is data, in the resource folder {@code demo}: {@code letters} has one block for each email, {@code series} a block
 * and a table for what comes again and again. {@link dev.steadymail.server.demo.Correspondence} makes letters of both,
 * {@link dev.steadymail.server.demo.MimeMessage} makes messages of letters.
 */
@NullMarked
package dev.steadymail.server.demo;

import org.jspecify.annotations.NullMarked;
