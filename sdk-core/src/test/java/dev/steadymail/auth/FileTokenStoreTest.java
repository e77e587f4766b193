package dev.steadymail.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokenStoreTest {
    private static final AccountId ADA = new AccountId("gmail:ada@example.com");
    private static final AccountId BOB = new AccountId("gmail:bob@example.com");
    private static final Secret TOKEN = Secret.of("1//refresh-token-of-ada");

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("tokens");
    }

    @Test
    void saved_isLoadedByAnotherInstance() {
        FileTokenStore.open(folder).save(ADA, TOKEN);
        assertEquals(Optional.of(TOKEN), FileTokenStore.open(folder).load(ADA));
        assertEquals(Optional.empty(), FileTokenStore.open(folder).load(BOB));
    }

    @Test
    void saved_replacesAndRemoves() {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        store.save(ADA, Secret.of("next"));
        store.save(BOB, TOKEN);
        assertEquals("next", store.load(ADA).orElseThrow().reveal());
        store.remove(ADA);
        store.remove(ADA);
        assertEquals(Optional.empty(), store.load(ADA));
        assertEquals(Optional.of(TOKEN), store.load(BOB));
    }

    @Test
    void files_areForTheirOwnerAloneAndShowNothing() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        assertEquals("rwx------", permissions(folder));
        for (Path file : files()) {
            assertEquals("rw-------", permissions(file), file::toString);
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(content.contains("refresh-token") || content.contains("ada"), file::toString);
            assertFalse(file.toString().contains("ada@"), file::toString);
        }
        assertFalse(store.toString().contains("tokens"));
    }

    @Test
    void sameToken_isNeverWrittenTheSameWay() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        byte[] first = Files.readAllBytes(record(ADA));
        store.save(ADA, TOKEN);
        assertFalse(Arrays.equals(first, Files.readAllBytes(record(ADA))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void fileOpenToOthers_isRefusedWithARemedy(String permissions) throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        for (String name : List.of("key", record(ADA).getFileName().toString())) {
            Path file = folder.resolve(name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            MailException refusal = storage(() -> store.load(ADA));
            assertTrue(String.valueOf(refusal.getMessage()).contains("chmod 600"), refusal::getMessage);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertEquals(Optional.of(TOKEN), store.load(ADA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx---r-x", "rwx--x--x", "rwx-wx---"})
    void folderOpenToOthers_isRefusedWithARemedy(String permissions) throws IOException {
        FileTokenStore.open(folder).save(ADA, TOKEN);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        MailException refusal = storage(() -> FileTokenStore.open(folder));
        assertTrue(String.valueOf(refusal.getMessage()).contains("chmod 700"), refusal::getMessage);
    }

    @Test
    void everyChangedOctet_isNoticed() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        byte[] good = Files.readAllBytes(record(ADA));
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            Files.write(record(ADA), changed);
            assertRemedy(() -> store.load(ADA));
        }
    }

    @Test
    void everyCutRecord_isNoticed() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        byte[] good = Files.readAllBytes(record(ADA));
        for (int length = 0; length < good.length; length++) {
            Files.write(record(ADA), Arrays.copyOf(good, length));
            assertRemedy(() -> store.load(ADA));
        }
        Files.write(record(ADA), Arrays.copyOf(good, 1 << 20));
        storage(() -> store.load(ADA));
    }

    @Test
    void swappedRecords_areNoticed() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        store.save(BOB, Secret.of("of bob"));
        Files.copy(record(ADA), record(BOB), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRemedy(() -> store.load(BOB));
        assertEquals(Optional.of(TOKEN), store.load(ADA));
    }

    @Test
    void newerVersion_isNamedAsSuch() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        Files.writeString(record(ADA), "steadymail token 2\nanything that is long enough to be a record of some kind");
        String message = String.valueOf(storage(() -> store.load(ADA)).getMessage());
        assertTrue(message.contains("another version"), message);
    }

    @Test
    void lostOrDamagedKey_isNeverReplacedWhileTokensNeedIt() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        byte[] key = Files.readAllBytes(folder.resolve("key"));
        Files.delete(folder.resolve("key"));
        assertRemedy(() -> store.load(ADA));
        assertRemedy(() -> store.save(BOB, TOKEN));
        assertFalse(Files.exists(folder.resolve("key")));
        for (String damaged :
                List.of("", "steadymail key 1\n", "steadymail key 1\nAAAA\n", "steadymail key 1\n!\n", "x")) {
            Files.deleteIfExists(folder.resolve("key"));
            createPrivate("key", damaged.getBytes(StandardCharsets.US_ASCII));
            assertRemedy(() -> store.load(ADA));
            assertRemedy(() -> store.save(BOB, TOKEN));
        }
        Files.write(folder.resolve("key"), key);
        assertEquals(Optional.of(TOKEN), store.load(ADA));
    }

    @Test
    void crashBeforeTheKeyWasInPlace_leavesNothingToTripOver() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        createPrivate("key.new", new byte[] {1, 2, 3});
        assertEquals(Optional.empty(), store.load(ADA));
        store.save(ADA, TOKEN);
        assertEquals(Optional.of(TOKEN), store.load(ADA));
    }

    @Test
    void crashWhileATokenWasWritten_leavesTheOneBefore() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        String half = record(ADA).getFileName() + ".new";
        createPrivate(half, new byte[] {1, 2, 3});
        assertEquals(Optional.of(TOKEN), store.load(ADA));
        store.save(ADA, Secret.of("next"));
        assertEquals("next", store.load(ADA).orElseThrow().reveal());
        assertFalse(Files.exists(folder.resolve(half)));
    }

    @Test
    void keyOfTheCaller_isTakenInBothForms() {
        byte[] key = new byte[32];
        key[5] = 7;
        FileTokenStore.open(folder, key).save(ADA, TOKEN);
        Secret text = Secret.of(Base64.getEncoder().encodeToString(key));
        assertEquals(Optional.of(TOKEN), FileTokenStore.open(folder, text).load(ADA));
        assertRemedy(() -> FileTokenStore.open(folder, new byte[32]).load(ADA));
        assertRemedy(() -> FileTokenStore.open(folder).load(ADA));
        assertFalse(Files.exists(folder.resolve("key")));
    }

    @Test
    void keyOfAnotherLength_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> FileTokenStore.open(folder, new byte[16]));
        for (String text : List.of("AAAA", "not base64!")) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> FileTokenStore.open(folder, Secret.of(text)))
                    .getMessage();
            assertFalse(String.valueOf(message).contains(text), message);
        }
    }

    @Test
    void folderThatIsAFile_isAStorageError() throws IOException {
        Files.createFile(folder);
        storage(() -> FileTokenStore.open(folder));
    }

    @Test
    void interruptedThread_savesAllTheSameAndStaysInterrupted() {
        FileTokenStore store = FileTokenStore.open(folder);
        Thread.currentThread().interrupt();
        store.save(ADA, TOKEN);
        assertTrue(Thread.interrupted());
        assertEquals(Optional.of(TOKEN), store.load(ADA));
    }

    @Test
    void damagedRecord_isReplacedByTheNextLogin() throws IOException {
        FileTokenStore store = FileTokenStore.open(folder);
        store.save(ADA, TOKEN);
        Files.write(record(ADA), new byte[0]);
        store.save(ADA, TOKEN);
        assertArrayEquals(
                TOKEN.reveal().getBytes(StandardCharsets.UTF_8),
                store.load(ADA).orElseThrow().reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRemedy(Runnable action) {
        MailException failure = storage(action);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("log in again"), message);
        assertFalse(message.contains("ada"), message);
    }

    private static MailException storage(Runnable action) {
        MailException failure = assertThrows(MailException.class, action::run);
        assertEquals(Kind.STORAGE, failure.kind());
        return failure;
    }

    private void createPrivate(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    /** Found by trying, so that the test does not repeat how names are made. */
    private Path record(AccountId account) throws IOException {
        Path alone = parent.resolve("alone of " + account.value().hashCode());
        FileTokenStore.open(alone).save(account, TOKEN);
        try (Stream<Path> files = Files.list(alone)) {
            return files.filter(file -> file.toString().endsWith(".token"))
                    .map(file -> folder.resolve(file.getFileName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
