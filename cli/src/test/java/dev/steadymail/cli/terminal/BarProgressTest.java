package dev.steadymail.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarProgressTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(screen, false, StandardCharsets.UTF_8);

    @Test
    void beforeTheFirstUpdate_theScreenBelongsToThePrompt() {
        try (BarProgress progress = new BarProgress(err, "mirror")) {
            assertEquals("", shown());
            progress.say("wait\u001b[2J");
        }
        assertEquals("mirror: wait [2J\n", shown());
    }

    @Test
    void lastState_staysOnTheScreen() {
        try (BarProgress progress = new BarProgress(err, "mirror")) {
            progress.update(0, -1);
            progress.update(7, 7);
        }
        assertTrue(shown().contains("7/7"), shown());
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
