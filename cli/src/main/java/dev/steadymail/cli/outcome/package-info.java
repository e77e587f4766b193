/**
 * How a command ends: its exit code, the failures that lead there and the signal to stop early. Start at
 * {@link dev.steadymail.cli.outcome.ExitCode}.
 */
@NullMarked
package dev.steadymail.cli.outcome;

import org.jspecify.annotations.NullMarked;
