/**
 * Sets of tests that every provider, every sync store and every store of shared limits passes, and back doors that put mail into
 * servers without the code under test. A provider supplies itself as a {@link dev.steadymail.testkit.conformance.MailFixture} and inherits the tests;
 * what it does not declare shows as skipped. Needs JUnit 6 on the test class path.
 */
@NullMarked
package dev.steadymail.testkit.conformance;

import org.jspecify.annotations.NullMarked;
