/**
 * A small in-process imitation of the Gmail REST API for tests. Start at {@link
 * dev.steadymail.testkit.gmail.FakeGmail}; each API resource lives in one {@code ...Resource} file.
 *
 * <p>It follows the documented behaviour of the service and stores messages byte for byte, in memory only. Trouble is
 * data: {@link dev.steadymail.testkit.gmail.GmailFaults} names what Google answers, {@link
 * dev.steadymail.testkit.gmail.GmailFault} says which calls it meets.
 */
@NullMarked
package dev.steadymail.testkit.gmail;

import org.jspecify.annotations.NullMarked;
