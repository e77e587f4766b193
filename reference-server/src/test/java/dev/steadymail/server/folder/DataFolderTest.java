package dev.steadymail.server.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void open_missingFolder_createsItForItsOwnerAlone() throws IOException {
        try (DataFolder folder = DataFolder.open(temp.resolve("a/b"))) {
            assertEquals("rwx------", permissions(folder.path()));
            assertEquals("rw-------", permissions(folder.resolve("lock")));
        }
    }

    @Test
    void open_whileOpen_endsWithSeven() {
        try (DataFolder folder = DataFolder.open(temp)) {
            StartException refusal = assertThrows(StartException.class, () -> DataFolder.open(temp));
            assertEquals(7, refusal.exitCode());
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains(folder.path().toString()), refusal.getMessage());
        }
        DataFolder.open(temp).close();
    }

    @Test
    void open_regularFile_endsWithSix() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");

        StartException refusal = assertThrows(StartException.class, () -> DataFolder.open(file));

        assertEquals(6, refusal.exitCode());
        assertTrue(String.valueOf(refusal.getMessage()).contains("--data"), refusal.getMessage());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void open_belowRegularFile_endsWithSix() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        StartException refusal = assertThrows(StartException.class, () -> DataFolder.open(file.resolve("below")));
        assertEquals(6, refusal.exitCode());
    }

    @Test
    void secret_madeOnce_isKeptPrivate() throws IOException {
        String made;
        try (DataFolder folder = DataFolder.open(temp)) {
            assertFalse(folder.hasSecret("one"));
            made = folder.secret("one");
            assertEquals(32, Base64.getDecoder().decode(made).length);
            assertNotEquals(made, folder.secret("two"));
            assertEquals("rwx------", permissions(folder.resolve("secrets")));
            assertEquals("rw-------", permissions(folder.secretFile("one")));
            assertEquals(List.of("one", "two"), names(folder.resolve("secrets")));
        }
        try (DataFolder again = DataFolder.open(temp)) {
            assertEquals(made, again.secret("one"));
        }
    }

    @Test
    void token_madeOnce_fitsIntoAUrl() throws IOException {
        String token;
        try (DataFolder folder = DataFolder.open(temp)) {
            token = folder.token();
            assertTrue(token.matches("[A-Za-z0-9_-]{43}"));
            assertEquals("rw-------", permissions(folder.tokenFile()));
            assertFalse(folder.toString().contains(token));
        }
        try (DataFolder again = DataFolder.open(temp)) {
            assertEquals(token, again.token());
        }
    }

    @Test
    void node_isKeptBesideTheSecretsAndDiffersFromFolderToFolder() {
        String node;
        try (DataFolder folder = DataFolder.open(temp);
                DataFolder other = DataFolder.open(temp.resolve("other"))) {
            node = folder.node();
            assertNotEquals(node, other.node());
            assertTrue(Files.exists(folder.resolve("node")));
            assertFalse(Files.exists(folder.resolve("secrets")));
        }
        try (DataFolder again = DataFolder.open(temp)) {
            assertEquals(node, again.node());
        }
    }

    @Test
    void secret_emptyFile_isNotReplaced() throws IOException {
        try (DataFolder folder = DataFolder.open(temp)) {
            folder.privateFolder("secrets");
            Files.createFile(folder.secretFile("one"));

            StartException refusal = assertThrows(StartException.class, () -> folder.secret("one"));

            assertEquals(6, refusal.exitCode());
            assertEquals(0, Files.size(folder.secretFile("one")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../token", "a/b", "A"})
    void secret_nameThatLeavesTheFolder_isRefused(String name) {
        try (DataFolder folder = DataFolder.open(temp)) {
            assertThrows(IllegalArgumentException.class, () -> folder.secret(name));
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
