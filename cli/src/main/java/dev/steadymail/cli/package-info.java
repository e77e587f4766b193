/** The {@code steadymail} command. */
@NullMarked
package dev.steadymail.cli;

import org.jspecify.annotations.NullMarked;
