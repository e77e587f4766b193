package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service itself, started with one setting that is wrong. */
final class SettingErrorsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "steadymail.sync.workers, hunter2, a whole number, STEADYMAIL_SYNC_WORKERS",
        "steadymail.sync.workers, 16, must leave 5, lower the other",
        "steadymail.sync.interval, 1ms, between 1s and 1d, unset it",
        "steadymail.sync.interval, hunter2, a duration, STEADYMAIL_SYNC_INTERVAL",
        "steadymail.accounts.allowed-networks, hunter2, must list networks, unset it",
    })
    void start_wrongSetting_endsWithTwo_itsNameRuleAndRemedy(String name, String value, String rule, String remedy) {
        Exception failure = assertThrows(
                Exception.class,
                () -> RunningServer.start(temp, TestDatabase.createUrl(), Map.of(name, value))
                        .close());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

        assertEquals(2, new Console(stream, stream, false).failure(failure));

        String shown = err.toString(StandardCharsets.UTF_8);
        for (String part : new String[] {name, rule, remedy}) {
            assertTrue(shown.contains(part), shown);
        }
        assertEquals(1, shown.lines().count(), shown);
        assertFalse(shown.contains("hunter2"), shown);
    }
}
