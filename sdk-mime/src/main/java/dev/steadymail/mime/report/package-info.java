/**
 * What messages say about mail: delivery and feedback reports, how to leave a list, what a receiving host checked. All of it is what
 * somebody wrote; only {@link dev.steadymail.mime.report.AuthenticationResults} says who must have.
 */
@NullMarked
package dev.steadymail.mime.report;

import org.jspecify.annotations.NullMarked;
