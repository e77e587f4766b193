/**
 * Sanitizers of HTML side by side. {@code rigs/html_browser.py} writes the texts, asks {@link dev.steadymail.benchmarks.html.Sanitize}
 * for what each sanitizer makes of them, and shows that to a browser.
 */
@NullMarked
package dev.steadymail.benchmarks.html;

import org.jspecify.annotations.NullMarked;
