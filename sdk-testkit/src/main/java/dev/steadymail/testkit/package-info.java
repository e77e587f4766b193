/** Test support for Steadymail itself and for its users. */
@NullMarked
package dev.steadymail.testkit;

import org.jspecify.annotations.NullMarked;
