/**
 * The {@code steadymail} command: one class per subcommand. Start at {@link dev.steadymail.cli.SteadymailCommand}. Standard
 * output carries data and reports only; everything else goes to standard error.
 */
@NullMarked
package dev.steadymail.cli;

import org.jspecify.annotations.NullMarked;
