/**
 * Mail accounts and sync stores that live in memory: for tests of programs that use Steadymail, and of Steadymail itself. Start
 * at {@link dev.steadymail.testkit.memory.InMemoryAccount}.
 */
@NullMarked
package dev.steadymail.testkit.memory;

import org.jspecify.annotations.NullMarked;
