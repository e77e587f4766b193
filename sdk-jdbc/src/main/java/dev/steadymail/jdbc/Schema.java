package dev.steadymail.jdbc;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Brings the tables to the version that this code knows. Each version is one SQL file, never changed once released, and is done in one
 * transaction together with its number; whoever comes second waits and finds it done.
 */
final class Schema {
    static final int VERSION = 3;

    private static final String TABLE = "steadymail_schema";
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    private final Database database;

    Schema(Database database) {
        this.database = database;
    }

    /** Needs no right to create tables where they are there already. */
    void upgrade() {
        int found = database.read(this::version);
        while (found < VERSION) {
            found = database.write(this::upgradeByOne);
        }
        if (found > VERSION) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "the tables are of version " + found + " and this program knows " + VERSION
                            + "; use a newer steadymail-jdbc");
        }
    }

    private int version(Session session) throws SQLException {
        return database.dialect().hasTable(session, TABLE)
                ? Math.toIntExact(session.number("select coalesce(max(version), 0) from " + TABLE))
                : 0;
    }

    private int upgradeByOne(Session session) throws SQLException {
        database.dialect().lockSchema(session);
        session.run("create table if not exists " + TABLE + " (version integer primary key)");
        int next = version(session) + 1;
        if (next > VERSION) {
            return next - 1;
        }
        for (String statement : statements(database.dialect().name() + "-" + next + ".sql")) {
            session.run(statement);
        }
        session.update("insert into " + TABLE + " (version) values (?)", next);
        return next;
    }

    private static List<String> statements(String file) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(COMMENT.matcher(text).replaceAll("").strip().split(";\\s*"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
