package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKeyTest {
    @TempDir
    Path temp;

    private DataFolder folder;

    @BeforeEach
    void open() {
        folder = DataFolder.open(temp);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void of_newFolder_makesOneAndKeepsIt() throws IOException {
        String made = EmbeddedKey.of(folder);
        database();
        assertEquals(made, EmbeddedKey.of(folder));
    }

    @Test
    void of_databaseWhoseKeyIsLost_refusesAndMakesNone() throws IOException {
        database();

        StartException refusal = assertThrows(StartException.class, () -> EmbeddedKey.of(folder));

        assertEquals(6, refusal.exitCode());
        assertTrue(String.valueOf(refusal.getMessage()).contains("secrets/encryption-key"), refusal.getMessage());
        assertFalse(folder.hasSecret("encryption-key"));
    }

    @Test
    void of_databaseThatNobodyHasUsed_makesOne() throws IOException {
        database();
        folder.write("postgres/unfinished", "");
        EmbeddedKey.of(folder);
        assertTrue(folder.hasSecret("encryption-key"));
    }

    private void database() throws IOException {
        Files.createDirectories(folder.privateFolder("postgres").resolve("data/base"));
    }
}
