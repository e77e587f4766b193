package dev.steadymail.observability.micrometer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MonitoringFilesTest {
    /** With {@code -Dsteadymail.write} they are made anew instead. */
    @Test
    void committedFiles_areMadeFromTheTable() throws IOException {
        if (System.getProperty("steadymail.write") != null) {
            MonitoringFiles.main();
        }
        assertAll(MonitoringFiles.all(Path.of("..")).entrySet().stream()
                .map(file -> () -> assertEquals(
                        file.getValue(),
                        Files.readString(file.getKey(), StandardCharsets.UTF_8),
                        file.getKey() + ": make it anew with -Dtest=MonitoringFilesTest -Dsteadymail.write")));
    }
}
