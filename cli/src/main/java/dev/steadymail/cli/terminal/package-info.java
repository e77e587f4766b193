/**
 * What people and programs read from the command: hostile text made harmless, JSON lines, progress, prompts. Start at
 * {@link dev.steadymail.cli.terminal.Terminal} and {@link dev.steadymail.cli.terminal.JsonLine}.
 */
@NullMarked
package dev.steadymail.cli.terminal;

import org.jspecify.annotations.NullMarked;
