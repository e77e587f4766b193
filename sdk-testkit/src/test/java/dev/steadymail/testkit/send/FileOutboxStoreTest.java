package dev.steadymail.testkit.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mime.write.MessageWriter;
import dev.steadymail.send.FileOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxMessage;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.testkit.conformance.OutboxStoreConformance;
import dev.steadymail.testkit.conformance.OutboxStoreFixture;
import dev.steadymail.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxStoreTest extends OutboxStoreConformance {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Override
    protected OutboxStoreFixture newFixture() {
        return new OutboxStoreFixture() {
            private @Nullable FileOutboxStore store;

            /** The system lets go of a killed process's lock, and nothing else is done at the end. */
            @Override
            public OutboxStore open() {
                close();
                store = FileOutboxStore.open(folder.resolve("conformance"));
                return store;
            }

            @Override
            public void close() {
                if (store != null) {
                    store.close();
                }
            }
        };
    }

    @Test
    void secondProcess_isKeptOut() {
        try (FileOutboxStore first = FileOutboxStore.open(folder.resolve("a"))) {
            MailException failure = assertThrows(MailException.class, () -> FileOutboxStore.open(folder.resolve("a")));
            assertEquals(Kind.STORAGE, failure.kind());
            assertEquals(0, first.waiting());
        }
        FileOutboxStore.open(folder.resolve("a")).close();
    }

    /** Whoever was sending when it was closed must not write over what the next one has written. */
    @Test
    void closedStore_takesNothing() {
        FileOutboxStore closed = FileOutboxStore.open(folder.resolve("a"));
        OutboxEntry entry = add(closed);
        closed.close();
        closed.close();
        try (FileOutboxStore open = FileOutboxStore.open(folder.resolve("a"))) {
            OutboxEntry next = new OutboxEntry(
                    entry.message(),
                    OutboxState.SENDING,
                    NOW,
                    1,
                    NOW,
                    NOW,
                    null,
                    0,
                    null,
                    null,
                    null,
                    List.of(),
                    NOW,
                    2);
            assertThrows(MailException.class, () -> closed.replace(next));
            assertThrows(MailException.class, () -> closed.find("k"));
            assertThrows(MailException.class, () -> FileOutboxStore.open(folder.resolve("a")));
            assertEquals(entry, open.find("k").orElseThrow());
        }
    }

    @Test
    void folder_isItsOwnersAlone() throws IOException {
        try (FileOutboxStore store = FileOutboxStore.open(folder.resolve("a"))) {
            add(store);
            for (Path file : files(folder.resolve("a"))) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThrows(MailException.class, () -> FileOutboxStore.open(folder.resolve("a")));
    }

    @Test
    void whatWasBeingWrittenAtACrash_isTidiedUp() throws IOException {
        Path inner = folder.resolve("a");
        FileOutboxStore.open(inner).close();
        privately(inner.resolve("x.eml"));
        privately(inner.resolve("y.entry.new"));
        try (FileOutboxStore store = FileOutboxStore.open(inner)) {
            assertEquals(List.of(), store.list(10));
            assertEquals(1, files(inner).size(), "the lock");
        }
    }

    @Test
    void damagedEntry_isToldAtEveryLength() throws IOException {
        Path inner = folder.resolve("a");
        try (FileOutboxStore store = FileOutboxStore.open(inner)) {
            add(store);
        }
        Path entry = files(inner).stream()
                .filter(file -> file.toString().endsWith(".entry"))
                .findFirst()
                .orElseThrow();
        byte[] whole = Files.readAllBytes(entry);
        for (int length = 0; length < whole.length; length++) {
            Files.write(entry, Arrays.copyOf(whole, length));
            assertThrows(MailException.class, () -> FileOutboxStore.open(inner));
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(entry, flipped);
            assertThrows(MailException.class, () -> FileOutboxStore.open(inner));
        }
        Files.write(entry, whole);
        try (FileOutboxStore store = FileOutboxStore.open(inner)) {
            assertEquals(1, store.waiting());
        }
    }

    /** What had not left is sent at once, what had left is looked for at once: nobody else can be sending it. */
    @Test
    void whatAKilledProcessWasSending_isTakenOverAtOnce() {
        Simulation simulation = Simulation.withSeed(1);
        ModelMail mail = new ModelMail(simulation::now);
        for (Instant leftAt : Arrays.asList(null, simulation.now())) {
            try (FileOutboxStore store = FileOutboxStore.open(folder.resolve("a" + leftAt))) {
                OutboxEntry entry = add(store);
                Instant lease = simulation.now().plusSeconds(360);
                assertTrue(store.replace(new OutboxEntry(
                        entry.message(),
                        OutboxState.SENDING,
                        lease,
                        1,
                        NOW,
                        leftAt,
                        null,
                        0,
                        null,
                        null,
                        null,
                        List.of(),
                        NOW,
                        2)));
                new Outbox(
                                mail.provider(),
                                simulation.time(),
                                Runnable::run,
                                Duration.ofSeconds(1),
                                store,
                                OutboxOptions.DEFAULT)
                        .close();
                OutboxEntry after = store.find("k").orElseThrow();
                assertEquals(leftAt == null ? OutboxState.SENT : OutboxState.UNKNOWN, after.state());
                assertEquals(leftAt == null ? 0 : 1, after.looks());
            }
        }
        assertEquals(1, mail.sends());
    }

    /** It was taken, and whoever was keeping its copy has ended. */
    @Test
    void sentMessageOfAKilledProcess_isSettledAtOnce() {
        Simulation simulation = Simulation.withSeed(1);
        try (FileOutboxStore store = FileOutboxStore.open(folder.resolve("a"))) {
            OutboxEntry entry = add(store);
            Instant lease = simulation.now().plusSeconds(360);
            assertTrue(store.replace(new OutboxEntry(
                    entry.message(),
                    OutboxState.SENT,
                    lease,
                    1,
                    NOW,
                    NOW,
                    null,
                    0,
                    null,
                    null,
                    null,
                    List.of(),
                    NOW,
                    2)));
            new Outbox(
                            new ModelMail(simulation::now).provider(),
                            simulation.time(),
                            Runnable::run,
                            Duration.ofSeconds(1),
                            store,
                            OutboxOptions.DEFAULT)
                    .close();
            assertTrue(store.find("k").orElseThrow().isSettled());
        }
    }

    @Test
    void settledMessage_losesItsContent() throws IOException {
        Path inner = folder.resolve("a");
        try (FileOutboxStore store = FileOutboxStore.open(inner)) {
            OutboxEntry entry = add(store);
            assertEquals(3, files(inner).size());
            OutboxEntry refused = new OutboxEntry(
                    entry.message(),
                    OutboxState.REFUSED,
                    null,
                    1,
                    NOW,
                    null,
                    null,
                    0,
                    null,
                    null,
                    null,
                    List.of(),
                    NOW,
                    2);
            assertTrue(store.replace(refused));
            assertEquals(2, files(inner).size());
            assertThrows(MailException.class, () -> store.content(refused));
        }
    }

    private static OutboxEntry add(FileOutboxStore store) {
        OutgoingEmail email = OutgoingEmail.from(new EmailAddress(null, "a@example.com"))
                .to(new EmailAddress(null, "b@example.com"))
                .text("secret");
        var content = MessageWriter.create(InstantSource.fixed(NOW)).compose(email);
        OutboxMessage message =
                new OutboxMessage("k", "f", email.messageId(), "", email.recipients(), null, content.size(), NOW);
        OutboxEntry entry = new OutboxEntry(
                message, OutboxState.QUEUED, NOW, 0, null, null, null, 0, null, null, null, List.of(), NOW, 1);
        assertTrue(store.add(entry, content).isEmpty());
        return entry;
    }

    private static void privately(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
