/** Reading messages, beside other parsers. */
@NullMarked
package dev.steadymail.benchmarks.mime;

import org.jspecify.annotations.NullMarked;
