package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that must fail, and before anything is started. */
final class ServerCommandTest {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void serve_withoutDatabase_namesBothWays() throws IOException {
        environment.put("ENCRYPTION_KEY", KEY);
        signing();
        refused(2, "serve", "--data", temp.toString());
        assertTrue(text(err).contains("DATABASE_URL") && text(err).contains("--embedded"), text(err));
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTION_KEY, ",
        "ENCRYPTION_KEY, hunter2",
        "ENCRYPTION_KEY, aHVudGVyMg==",
        "ENCRYPTION_KEY, 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=,MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE='",
        "REDIS_URL, http://hunter2@127.0.0.1",
        "REDIS_URL, redis://:hunter2^x@127.0.0.1:6379",
        "DATABASE_URL, hunter2",
    })
    void serve_wrongSetting_isNamedAndNotRepeated(String name, String value) throws IOException {
        environment.put("DATABASE_URL", "postgresql://ada@127.0.0.1:1/mail");
        environment.put("ENCRYPTION_KEY", KEY);
        signing();
        environment.put(name, value == null ? "" : value);

        refused(2, "serve", "--data", temp.toString());

        assertTrue(text(err).contains(name), text(err));
        assertFalse(text(err).contains("hunter2"), text(err));
    }

    @Test
    void serve_databaseThatDoesNotAnswer_endsWithFour() throws IOException {
        environment.put("DATABASE_URL", "postgresql://ada@127.0.0.1:1/mail");
        environment.put("ENCRYPTION_KEY", KEY + "," + KEY.replace('M', 'N'));
        signing();
        assertEquals(4, run("serve", "--port", "0", "--data", temp.toString()));
        assertEquals("", text(out));
    }

    @Test
    void demo_takenPort_isToldBeforeAnythingIsStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            refused(2, "demo", "--data", temp.toString(), "--port", Integer.toString(taken.getLocalPort()));
        }
        assertTrue(text(err).contains("--port"), text(err));
    }

    @ParameterizedTest
    @CsvSource({
        "--port,x",
        "--port,70000",
        "--port,-1",
        "--host,no-such-host.invalid",
        "--unknown,hunter2",
        "extra,hunter2"
    })
    void demo_wrongArgument_endsWithTwoInOneLine(String option, String value) throws IOException {
        refused(2, "demo", "--data", temp.toString(), option, value);
        assertFalse(text(err).contains("hunter2"), text(err));
    }

    @Test
    void demo_dataIsAFile_endsWithSix() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        assertEquals(6, run("demo", "--port", "0", "--data", file.toString()));
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void help_isOnStandardOutputAndExplainsEachOption() {
        assertEquals(0, run("serve", "--help"));
        for (String word :
                new String[] {"--port", "--host", "--data", "--embedded", "DATABASE_URL", "ENCRYPTION_KEY"}) {
            assertTrue(text(out).contains(word), word);
        }
    }

    @Test
    void serve_manyFaults_tellsAllOfThemAndTheirRemedies() throws IOException {
        environment.put("DATABASE_URL", "postgresql://ada:hunter2@db.example.com/mail");
        environment.put("REDIS_URL", "redis://:hunter2@cache.example.com");
        environment.put("PORT", "hunter2");

        assertEquals(2, run("serve", "--data", temp.toString()));

        for (String part : new String[] {
            "6 settings",
            "DATABASE_URL",
            "sslmode",
            "REDIS_URL",
            "rediss://",
            "PORT",
            "JWT_SECRET",
            "JWT_REFRESH_SECRET",
            "ENCRYPTION_KEY",
            "steadymail secrets"
        }) {
            assertTrue(text(err).contains(part), text(err));
        }
        assertEquals(7, text(err).lines().count(), text(err));
        assertFalse(text(err).contains("hunter2"), text(err));
        assertNothingMade();
    }

    @Test
    void serve_portOfTheEnvironment_isUsedUnlessAnOptionNamesOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            environment.put("PORT", Integer.toString(taken.getLocalPort()));
            environment.put("DATABASE_URL", "postgresql://ada@127.0.0.1:1/mail");
            environment.put("ENCRYPTION_KEY", KEY);
            signing();
            refused(2, "serve", "--data", temp.toString());
            assertTrue(text(err).contains("cannot listen on port " + taken.getLocalPort()), text(err));
            assertEquals(4, run("serve", "--port", "0", "--data", temp.toString()));
        }
    }

    @Test
    void secrets_printed_passTheValidationOfServe() {
        assertEquals(0, run("secrets"));
        text(out).lines().map(line -> line.split("=", 2)).forEach(line -> environment.put(line[0], line[1]));
        environment.put("DATABASE_URL", "postgresql://ada@127.0.0.1:1/mail");
        assertEquals(5, environment.size());

        assertEquals(4, run("serve", "--port", "0", "--data", temp.toString()), text(err));
    }

    private void signing() {
        environment.put("JWT_SECRET", "kZ0b7Jx2Vq9Lr4Tn8Yw3Hd6Mf1Pc5Sg0");
        environment.put("JWT_REFRESH_SECRET", "Qe7Uo2Ai9Xs4Dk8Gz1Bv5Nm3Rt6Wp0Lj");
    }

    private void refused(int code, String... arguments) throws IOException {
        assertEquals(code, run(arguments), text(err));
        assertEquals("", text(out));
        assertEquals(1, text(err).lines().count(), text(err));
        assertNothingMade();
    }

    private void assertNothingMade() throws IOException {
        try (Stream<Path> made = Files.list(temp)) {
            assertEquals(0, made.count());
        }
    }

    private int run(String... arguments) {
        Console console = new Console(stream(out), stream(err), false);
        ServerEnd end = new ServerEnd(console, code -> {});
        try {
            return ServerCommand.run(new ServerStart(console, environment, end), console, arguments);
        } finally {
            end.close();
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
