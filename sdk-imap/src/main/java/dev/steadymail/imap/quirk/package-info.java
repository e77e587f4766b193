/**
 * What is known of mail providers that their capabilities do not tell, as data. Start at
 * {@link dev.steadymail.imap.quirk.ProviderQuirks}; its rows with their reasons are in {@code ProviderTable}.
 */
@NullMarked
package dev.steadymail.imap.quirk;

import org.jspecify.annotations.NullMarked;
