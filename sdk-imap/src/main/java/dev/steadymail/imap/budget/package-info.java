/**
 * How many connections there may be to one host, over all accounts of a process, and how fast new ones are made. Start at
 * {@link dev.steadymail.imap.budget.HostConnections}.
 */
@NullMarked
package dev.steadymail.imap.budget;

import org.jspecify.annotations.NullMarked;
