package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SmtpServerProcessTest {

    @Test
    @Timeout(60)
    void killedProcess_hasConfirmedNothingThatIsNotInItsLedger(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path ledger = folder.resolve("ledger");
        Process process = start("--ledger", ledger.toString(), "--faults", "mail:451", "--seed", "3", "--minutes", "1");
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
                SocketClient client = SocketClient.greeted(Integer.parseInt(out.readLine()))) {
            assertEquals("451 4.0.0 as the test wants\r\n", client.ask("MAIL FROM:<>"));
            assertEquals("250 2.0.0 accepted\r\n", client.sendMessage("<1@x>"));
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            List<String> lines = Files.readAllLines(ledger);
            assertEquals(1, lines.size());
            assertTrue(lines.get(0).startsWith("<1@x>\t"), lines.get(0));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void options_comeInPairs() {
        assertThrows(IllegalArgumentException.class, () -> SmtpServerProcess.options(List.of("--port")));
        assertThrows(IllegalArgumentException.class, () -> SmtpServerProcess.options(List.of("--cert", "x")));
        assertEquals("25", SmtpServerProcess.options(List.of("--port", "25")).get("--port"));
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmtpServerProcess.class.getName());
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
