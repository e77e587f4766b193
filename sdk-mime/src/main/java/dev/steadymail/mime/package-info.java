/**
 * Reads messages (RFC 5322, MIME) within fixed limits: start at {@link dev.steadymail.mime.MimeReader}.
 */
@NullMarked
package dev.steadymail.mime;

import org.jspecify.annotations.NullMarked;
