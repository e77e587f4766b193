/**
 * Stores in a PostgreSQL or SQLite database, for many accounts and several processes. Start at
 * {@link dev.steadymail.jdbc.JdbcStores}, inside it at {@code Database}; the tables are the SQL files beside it.
 */
@NullMarked
package dev.steadymail.jdbc;

import org.jspecify.annotations.NullMarked;
