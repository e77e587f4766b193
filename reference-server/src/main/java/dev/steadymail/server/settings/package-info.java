/**
 * What operators set in the environment, read and judged before anything is started; start at {@code ServeSettings}. Faults are told all
 * at once, each with its remedy, and never with the value.
 */
@NullMarked
package dev.steadymail.server.settings;

import org.jspecify.annotations.NullMarked;
