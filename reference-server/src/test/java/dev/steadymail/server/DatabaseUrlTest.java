package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        assertEquals(new DatabaseUrl(jdbcUrl, user, password), DatabaseUrl.parse(text));
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
        StartException refusal = assertThrows(StartException.class, () -> DatabaseUrl.parse(text));
        assertEquals(2, refusal.exitCode());
        assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"), refusal.getMessage());
    }

    @Test
    void check_nobodyListens_endsWithFour() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        DatabaseUrl closed = DatabaseUrl.parse("postgresql://ada:hunter2@127.0.0.1:" + port + "/mail");

        StartException refusal = assertThrows(StartException.class, closed::check);

        assertEquals(4, refusal.exitCode());
        assertFalse((refusal.getMessage() + closed).contains("hunter2"), refusal.getMessage());
    }

    @Test
    void check_databaseThatIsThere_passesAndAnotherIsNamed() {
        String url = TestDatabase.createUrl();
        DatabaseUrl there = DatabaseUrl.parse(url);
        there.check();
        DatabaseUrl missing = DatabaseUrl.parse(url.replaceFirst("/test\\d+", "/missing"));
        assertEquals(2, assertThrows(StartException.class, missing::check).exitCode());
    }
}
