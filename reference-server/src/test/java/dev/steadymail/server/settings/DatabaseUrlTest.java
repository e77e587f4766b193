package dev.steadymail.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://ada:se%3Acret+1@db.example.com:5433/mail?sslmode=require, "
                + "jdbc:postgresql://db.example.com:5433/mail?sslmode=require, ada, se:cret+1",
        "postgres://ada@db/mail, jdbc:postgresql://db/mail, ada, ''",
        "jdbc:postgresql://db/mail?user=ada&password=x%40y&sslmode=require, "
                + "jdbc:postgresql://db/mail?sslmode=require, ada, x@y",
        "postgresql://ada:a:b@[::1]:5432/mail, jdbc:postgresql://[::1]:5432/mail, ada, a:b",
        "postgresql://db/mail, jdbc:postgresql://db/mail, '', ''",
    })
    void parse_takesTheLoginOut(String text, String jdbcUrl, String user, String password) {
        assertEquals(new DatabaseUrl(jdbcUrl, user, password), DatabaseUrl.parse("DATABASE_URL", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ada:hunter2@db/mail",
                "postgresql://ada:hunter2@db",
                "postgresql://ada:hunter2@db:port/mail",
                "postgresql://ada:hunter2@db/mail#x",
                "postgresql://ada:hunter2@/mail",
                "postgresql://ada:hunter2%@db/mail",
                "hunter2",
            })
    void parse_otherForms_areRefusedWithoutRepeatingThem(String text) {
        StartException refusal = assertThrows(StartException.class, () -> DatabaseUrl.parse("DATABASE_URL", text));
        assertEquals(2, refusal.exitCode());
        assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"), refusal.getMessage());
    }

    @Test
    void check_nobodyListens_endsWithFour() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        DatabaseUrl closed = DatabaseUrl.parse("DATABASE_URL", "postgresql://ada:hunter2@127.0.0.1:" + port + "/mail");

        StartException refusal = assertThrows(StartException.class, () -> closed.check("DATABASE_URL"));

        assertEquals(4, refusal.exitCode());
        assertFalse((refusal.getMessage() + closed).contains("hunter2"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "superuser, is a superuser",
        "bypassrls, has BYPASSRLS",
    })
    void requireWall_roleThatNoPolicyHolds_isRefusedWithTheStatementsThatHelp(String right, String told)
            throws SQLException {
        String url = TestDatabase.createUrl();
        String role = "role_with_" + right;
        asSuperuser(url, "create role " + role + " login " + right);

        DatabaseUrl database = DatabaseUrl.parse("DATABASE_URL", url.replace("user=app", "user=" + role));
        DatabaseUrl.Rights rights = database.check("DATABASE_URL");
        StartException refusal = assertThrows(StartException.class, () -> rights.requireWall("DATABASE_URL"));

        assertEquals(2, refusal.exitCode());
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(told) && message.contains("CREATE ROLE"), message);
        assertFalse(message.contains(role), message);
    }

    @Test
    void checkIfThere_replicaThatIsAway_isLeftToReads() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        DatabaseUrl.parse("DATABASE_READ_URL", "postgresql://ada@127.0.0.1:" + port + "/mail")
                .checkIfThere("DATABASE_READ_URL");
        DatabaseUrl superuser =
                DatabaseUrl.parse("DATABASE_READ_URL", TestDatabase.createUrl().replace("user=app", "user=postgres"));
        assertThrows(StartException.class, () -> superuser.checkIfThere("DATABASE_READ_URL"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ada@db/mail, false",
        "postgresql://ada@db/mail?sslmode=prefer, false",
        "postgresql://ada@db/mail?sslmode=require&sslmode=disable, false",
        "postgresql://ada@127.0.0.1.example.com/mail, false",
        "postgresql://ada@db/mail?applicationName=sslmode=require, false",
        "postgresql://ada@db:5432/mail?sslmode=require, true",
        "postgresql://ada@db/mail?connectTimeout=5&sslmode=verify-full, true",
        "postgresql://ada@db/mail?sslmode=Verify-CA, true",
        "postgresql://ada@localhost/mail, true",
        "postgresql://ada@127.1.2.3:5433/mail?sslmode=disable, true",
        "postgresql://ada@[::1]:5432/mail, true",
    })
    void isPrivate_acrossANetwork_needsTheDriverToInsistOnTls(String text, boolean expected) {
        assertEquals(expected, DatabaseUrl.parse("DATABASE_URL", text).isPrivate());
    }

    private static void asSuperuser(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.replace("user=app", "user=postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void check_databaseThatIsThere_passesAndAnotherIsNamed() {
        String url = TestDatabase.createUrl();
        DatabaseUrl there = DatabaseUrl.parse("DATABASE_URL", url);
        there.check("DATABASE_URL").requireWall("DATABASE_URL");
        DatabaseUrl missing = DatabaseUrl.parse("DATABASE_URL", url.replaceFirst("/test\\d+", "/missing"));
        assertEquals(
                2,
                assertThrows(StartException.class, () -> missing.check("DATABASE_URL"))
                        .exitCode());
    }
}
