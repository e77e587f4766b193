/**
 * Gmail accounts over Google's API: start at {@link dev.steadymail.gmail.GmailAccount}. Inside, {@code GmailProvider} meets the
 * provider contract, {@code GmailMethods} has one method per API method and {@code GmailApi} passes each through the guard.
 */
@NullMarked
package dev.steadymail.gmail;

import org.jspecify.annotations.NullMarked;
