/**
 * Looks at an account step by step and says at which one it fails and what to do: start at
 * {@link dev.steadymail.cli.doctor.Doctor}.
 */
@NullMarked
package dev.steadymail.cli.doctor;

import org.jspecify.annotations.NullMarked;
