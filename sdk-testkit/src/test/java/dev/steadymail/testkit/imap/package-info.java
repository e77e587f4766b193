/** Tests of the IMAP test server, mostly as dialogues of {@code C:} and {@code S:} lines over a real socket. */
@NullMarked
package dev.steadymail.testkit.imap;

import org.jspecify.annotations.NullMarked;
