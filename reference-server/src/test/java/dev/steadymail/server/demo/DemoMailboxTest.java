package dev.steadymail.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.folder.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoMailboxTest {
    private static final Instant FIRST = Instant.parse("2026-05-04T09:30:00.123Z");
    private static final InstantSource FIRST_START = InstantSource.fixed(FIRST);
    private static final InstantSource MUCH_LATER = InstantSource.fixed(FIRST.plus(Duration.ofDays(90)));

    @TempDir
    Path parent;

    private Map<String, MailboxReading.Served> read(Path folder, InstantSource clock) {
        try (DemoMailbox mailbox = DemoMailbox.start(folder, clock);
                MailboxReading reading = MailboxReading.of(mailbox)) {
            return reading.all();
        }
    }

    @Test
    void anotherStart_servesTheSameMail() {
        Path folder = parent.resolve("demo");
        Map<String, MailboxReading.Served> first = read(folder, FIRST_START);
        assertEquals(300, first.size());
        assertEquals(first, read(folder, MUCH_LATER));
    }

    @Test
    void anotherFolder_hasItsOwnDatesAndPassword() {
        try (DemoMailbox one = DemoMailbox.start(parent.resolve("one"), FIRST_START);
                DemoMailbox two = DemoMailbox.start(parent.resolve("two"), MUCH_LATER)) {
            assertNotEquals(one.secret(), two.secret());
        }
        assertNotEquals(read(parent.resolve("one"), FIRST_START), read(parent.resolve("two"), FIRST_START));
    }

    @Test
    void newestMail_isMinutesOld() {
        Instant newest = read(parent.resolve("demo"), FIRST_START).values().stream()
                .map(MailboxReading.Served::receivedAt)
                .max(Instant::compareTo)
                .orElseThrow();
        assertTrue(newest.isBefore(FIRST), "in the past");
        assertTrue(newest.isAfter(FIRST.minus(Duration.ofMinutes(10))), "minutes old");
    }

    @Test
    void folder_isForItsOwnerOnly() throws Exception {
        Path folder = parent.resolve("demo");
        read(folder, FIRST_START);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        for (String name : new String[] {"password", "first-start"}) {
            Path file = folder.resolve(name);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void damagedFirstStart_namesFileAndRemedy() throws Exception {
        Path folder = parent.resolve("demo");
        read(folder, FIRST_START);
        Files.writeString(folder.resolve("first-start"), "yesterday");
        var failure = assertThrows(StartException.class, () -> DemoMailbox.start(folder, FIRST_START));
        assertTrue(failure.getMessage().contains("first-start of the demo: it holds no date"), failure.getMessage());
        assertTrue(failure.getMessage().contains("delete it to start the demo afresh"), failure.getMessage());
        assertEquals(6, failure.exitCode());
    }

    @Test
    void secret_isNotShown() {
        try (DemoMailbox mailbox = DemoMailbox.start(parent.resolve("demo"), FIRST_START)) {
            assertFalse((mailbox.toString() + mailbox.url()).contains(mailbox.secret()));
            assertTrue(mailbox.url().matches("imap://ada@127\\.0\\.0\\.1:\\d+\\?tls=none"), mailbox.url());
        }
    }
}
