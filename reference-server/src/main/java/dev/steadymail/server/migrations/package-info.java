/** The schema of the database, brought up to date at the start; start at {@code Migrations}. */
@NullMarked
package dev.steadymail.server.migrations;

import org.jspecify.annotations.NullMarked;
