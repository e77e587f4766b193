/**
 * Reads the content of emails into a storage of the application's: by policy in the background, and on demand. Start reading at
 * {@link dev.steadymail.content.ContentFetcher} and {@link dev.steadymail.content.ContentSink}.
 */
@NullMarked
package dev.steadymail.content;

import org.jspecify.annotations.NullMarked;
