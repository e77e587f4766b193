/**
 * PostgreSQL and Redis as child processes below the data folder, for the demo and for development.
 */
@NullMarked
package dev.steadymail.server.embedded;

import org.jspecify.annotations.NullMarked;
