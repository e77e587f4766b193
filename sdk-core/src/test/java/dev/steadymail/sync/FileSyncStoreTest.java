package dev.steadymail.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.SyncCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSyncStoreTest {
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final MailboxId WORK = new MailboxId("Work/Grüße");

    @TempDir
    Path folder;

    @Test
    void reopened_hasWhatWasApplied() {
        List<String> states = new ArrayList<>();
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (SyncBatch batch : batches()) {
                store.apply(batch);
                states.add(describe(store));
            }
        }
        assertEquals(states.get(states.size() - 1), describeFolder(folder));
    }

    /** The crash test: whatever the length at which the file was cut, what opens is the state after some whole batch. */
    @Test
    void cutAtAnyByte_opensWithTheLastWholeBatch() throws IOException {
        List<String> states = new ArrayList<>(List.of(describeFolder(folder.resolve("empty"))));
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (SyncBatch batch : batches()) {
                store.apply(batch);
                states.add(describe(store));
            }
        }
        byte[] whole = Files.readAllBytes(folder.resolve("state.journal"));
        int reached = 0;
        for (int length = 0; length <= whole.length; length++) {
            String found = describeFolder(withJournal("cut", Arrays.copyOf(whole, length)));
            int index = states.indexOf(found);
            assertTrue(index >= reached, "cut at byte " + length + " opened as " + found);
            reached = index;
        }
        assertEquals(states.size() - 1, reached);
    }

    @Test
    void afterACut_goesOnFromThere() throws IOException {
        List<SyncBatch> batches = batches();
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            batches.forEach(store::apply);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("state.journal"));
        Path cut = withJournal("cut", Arrays.copyOf(whole, whole.length - 3));
        try (FileSyncStore store = FileSyncStore.open(cut)) {
            store.apply(batches.get(batches.size() - 1));
        }
        assertEquals(describeFolder(folder), describeFolder(cut));
    }

    @Test
    void flippedBit_dropsTheEntryAndAllAfterIt() throws IOException {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            batches().forEach(store::apply);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("state.journal"));
        whole[40] ^= 1;
        assertEquals(describeFolder(folder.resolve("empty")), describeFolder(withJournal("flipped", whole)));
    }

    @Test
    void applyingABatchAgain_changesNothing() {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (SyncBatch batch : batches()) {
                store.apply(batch);
                String once = describe(store);
                store.apply(batch);
                assertEquals(once, describe(store));
            }
        }
    }

    @Test
    void relocated_keepsItsOwnId() {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            store.apply(SyncBatch.to(new SyncCursor("1")).create(email("a", 1)).build());
            String id = store.emails().findFirst().orElseThrow().id();
            store.apply(SyncBatch.to(new SyncCursor("2"))
                    .relocate(new Relocated(new EmailId("a"), new EmailId("b"), Set.of(WORK)))
                    .build());
            StoredEmail moved = store.emails().findFirst().orElseThrow();
            assertEquals(id, moved.id());
            assertEquals(Set.of(WORK), moved.email().mailboxIds());
            assertTrue(store.known().in(INBOX).isEmpty());
        }
    }

    @Test
    void staged_survivesAKillAndIsForgottenWithTheNextBatch() {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            store.stage(email("a", 7));
        }
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            assertEquals(7, store.staged(new EmailId("a")).orElseThrow().size());
            store.apply(SyncBatch.to(new SyncCursor("1")).build());
            assertTrue(store.staged(new EmailId("a")).isEmpty());
        }
    }

    @Test
    void manyBatches_areCompactedWithoutLoss() throws IOException {
        String last;
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (int round = 0; round < 160; round++) {
                SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("round " + round));
                int shift = round;
                IntStream.range(0, 1_000).forEach(n -> batch.create(email("id " + n, shift)));
                store.apply(batch.build());
            }
            last = describe(store);
        }
        assertTrue(Files.size(folder.resolve("state.journal")) < 13L << 20);
        assertEquals(last, describeFolder(folder));
    }

    @Test
    void fileOfANewerVersion_isRefusedAndLeftAlone() throws IOException {
        Path journal = Files.writeString(folder.resolve("state.journal"), "steadymail state 9\nwhatever comes");
        MailException refused = assertThrows(MailException.class, () -> FileSyncStore.open(folder));
        assertEquals(Kind.STORAGE, refused.kind());
        assertEquals("steadymail state 9\nwhatever comes", Files.readString(journal));
    }

    /** What is lost with a damaged snapshot is read again, and must not get an id that another email has. */
    @Test
    void damagedSnapshot_givesNoIdTwice() throws IOException {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (int round = 0; round < 160; round++) {
                SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("round " + round));
                IntStream.range(0, 1_000).forEach(n -> batch.create(email("id " + n, n)));
                store.apply(batch.build());
            }
        }
        byte[] journal = Files.readAllBytes(folder.resolve("state.journal"));
        journal[40_000] ^= 1;
        try (FileSyncStore store = FileSyncStore.open(withJournal("damaged", journal))) {
            long left = store.emails().count();
            assertTrue(left > 0 && left < 1_000, left + " emails left");
            SyncBatch.Builder batch = SyncBatch.to(new SyncCursor("again"));
            IntStream.range(0, 1_000).forEach(n -> batch.create(email("id " + n, n)));
            store.apply(batch.build());
            assertEquals(1_000, store.emails().map(StoredEmail::id).distinct().count());
        }
    }

    @Test
    void interruptedThread_appliesAllTheSameAndStaysInterrupted() {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            for (SyncBatch batch : batches()) {
                Thread.currentThread().interrupt();
                store.stage(email("staged", 1));
                store.apply(batch);
                assertTrue(Thread.interrupted());
            }
            assertEquals(describe(store), describeFolder(folder));
        }
    }

    /** An interrupt that comes while a write is on its way closes the channel; nothing may be lost or torn by that. */
    @Test
    void interruptedWhileWriting_losesNothing() {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            Thread writer = Thread.currentThread();
            AtomicBoolean done = new AtomicBoolean();
            Thread nuisance = new Thread(() -> {
                while (!done.get()) {
                    writer.interrupt();
                    Thread.onSpinWait();
                }
            });
            nuisance.setDaemon(true);
            nuisance.start();
            try {
                for (int n = 0; n < 200; n++) {
                    store.apply(SyncBatch.to(new SyncCursor(String.valueOf(n)))
                            .create(email("id " + n, n))
                            .build());
                }
            } finally {
                done.set(true);
                while (nuisance.isAlive()) {
                    Thread.onSpinWait();
                }
                assertTrue(Thread.interrupted());
            }
            assertEquals(200, store.emails().count());
            assertEquals(describe(store), describeFolder(folder));
        }
    }

    @Test
    void folderBelowAFile_isAStorageError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        MailException refused = assertThrows(MailException.class, () -> FileSyncStore.open(file.resolve("state")));
        assertEquals(Kind.STORAGE, refused.kind());
    }

    private static List<SyncBatch> batches() {
        return List.of(
                SyncBatch.to(new SyncCursor("1"))
                        .save(new Mailbox(INBOX, List.of("INBOX"), Role.INBOX, true))
                        .save(new Mailbox(WORK, List.of("Work", "Grüße"), null, true))
                        .create(email("a", 1))
                        .create(email("b", 2))
                        .build(),
                SyncBatch.to(new SyncCursor("2"))
                        .update(new Updated(new EmailId("a"), Set.of(INBOX), Set.of(Keyword.SEEN)))
                        .update(new Updated(new EmailId("unknown"), Set.of(INBOX), Set.of()))
                        .park(new ParkedEmail(new EmailId("c"), "the server answered NO"))
                        .build(),
                SyncBatch.to(new SyncCursor("3"))
                        .relocate(new Relocated(new EmailId("b"), new EmailId("b2"), Set.of(WORK)))
                        .create(email("c", 3))
                        .destroy(new EmailId("a"))
                        .drop(INBOX)
                        .build());
    }

    private static Email email(String id, long size) {
        return Email.state(
                        new EmailId(id),
                        new ThreadId("thread"),
                        Set.of(INBOX),
                        Set.of(Keyword.FLAGGED),
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        size)
                .withBlob(new BlobId("blob of " + id), size)
                .withFingerprint(Fingerprint.ofMessageId(id))
                .withAncestry(new Ancestry(Integer.toHexString(id.hashCode()) + "|above||re|0"));
    }

    private Path withJournal(String name, byte[] journal) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        Files.write(copy.resolve("state.journal"), journal);
        return copy;
    }

    private static String describeFolder(Path folder) {
        try (FileSyncStore store = FileSyncStore.open(folder)) {
            return describe(store);
        }
    }

    /** Everything a caller can see, as text; records print all they hold except what is private, so that is spelled out. */
    private static String describe(FileSyncStore store) {
        TreeSet<String> lines = new TreeSet<>();
        store.emails().forEach(stored -> lines.add(describe(stored)));
        store.known()
                .mailboxes()
                .forEach(mailbox -> lines.add("mailbox " + mailbox.id() + mailbox.path() + mailbox.role()));
        store.parked().forEach(parked -> lines.add(parked.toString()));
        return store.cursor().map(SyncCursor::value).orElse("none") + lines;
    }

    private static String describe(StoredEmail stored) {
        Email email = stored.email();
        return String.join(
                " ",
                stored.id(),
                email.id().value(),
                String.valueOf(email.threadId()),
                String.valueOf(email.blobId()),
                new TreeSet<>(email.mailboxIds().stream().map(MailboxId::value).toList()).toString(),
                new TreeSet<>(email.keywords()).toString(),
                email.receivedAt().toString(),
                String.valueOf(email.size()),
                String.valueOf(email.fingerprint()),
                email.ancestry() == null ? "none" : email.ancestry().text());
    }
}
