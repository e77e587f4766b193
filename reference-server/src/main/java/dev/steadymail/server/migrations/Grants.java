package dev.steadymail.server.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the owner of the schema lets the server's role do: read and write rows, and nothing to tables themselves. Given again at each start,
 * for what is new.
 */
record Grants(Connection owner) {
    /** Statements, written by the database, which knows how names are quoted. History is Flyway's own. */
    private static final String STATEMENTS = """
            select format('grant usage on schema %I to %I', current_schema(), ?)
            where not has_schema_privilege(?, current_schema(), 'usage')
            union all
            select format('grant select, insert, update, delete on table %s to %I', c.oid::regclass, ?)
            from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v')
              and pg_get_userbyid(c.relowner) = current_user and c.relname <> 'flyway_schema_history'
            union all
            select format('grant usage, select on sequence %s to %I', c.oid::regclass, ?)
            from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'S'
              and pg_get_userbyid(c.relowner) = current_user
            """;

    private static final int ROLE_PARAMETERS = 4;

    void giveTo(String role) throws SQLException {
        for (String statement : statements(role)) {
            try (Statement grant = owner.createStatement()) {
                grant.execute(statement);
            }
        }
    }

    private List<String> statements(String role) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement question = owner.prepareStatement(STATEMENTS)) {
            for (int i = 1; i <= ROLE_PARAMETERS; i++) {
                question.setString(i, role);
            }
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1));
                }
            }
        }
        return statements;
    }
}
