/**
 * Header fields as senders write them: encoded words in {@link dev.steadymail.mime.header.HeaderText}, addresses, dates, parameters.
 * Nothing here throws for what a message holds, and each step is linear in it.
 */
@NullMarked
package dev.steadymail.mime.header;

import org.jspecify.annotations.NullMarked;
