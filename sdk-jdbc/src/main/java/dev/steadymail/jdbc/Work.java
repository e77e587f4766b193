package dev.steadymail.jdbc;

import java.sql.SQLException;

/** What is done on one connection; done again from the start where the database asks for that. */
@FunctionalInterface
interface Work<T> {
    T on(Session session) throws SQLException;
}
