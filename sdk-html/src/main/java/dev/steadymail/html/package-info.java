/**
 * HTML of mail, made safe to be shown in a browser: what runs, loads or covers something is gone, the rest looks as before. Start at
 * {@link dev.steadymail.html.HtmlSanitizer}; what it found is in {@link dev.steadymail.html.SanitizedHtml}.
 */
@NullMarked
package dev.steadymail.html;

import org.jspecify.annotations.NullMarked;
