package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.folder.StartException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void failure_ofOthers_showsItsKindAndNotItsMessage() {
        int code = console(false).failure(foreign());
        assertEquals(1, code);
        assertTrue(shown().contains("UnsupportedOperationException"), shown());
        assertTrue(shown().contains("STEADYMAIL_DEBUG=1"), shown());
        assertFalse(shown().contains("hunter2"), shown());
        assertEquals(1, shown().lines().count(), shown());
    }

    @Test
    void failure_whileDebugging_showsAll() {
        console(true).failure(foreign());
        assertTrue(shown().contains("hunter2"), shown());
    }

    @Test
    void failure_ofOurs_isShownWhereverItIs() {
        int code = console(false).failure(new IllegalStateException(StartException.usage("set it")));
        assertEquals(2, code);
        assertEquals("steadymail: set it", shown().strip());
    }

    private static Exception foreign() {
        return new IllegalStateException(
                "bean with hunter2", new UnsupportedOperationException("not supported: redis://:hunter2@127.0.0.1"));
    }

    private Console console(boolean debugging) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Console(stream, stream, debugging);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
