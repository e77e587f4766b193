package dev.steadymail.server.embedded;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresFilesTest {
    @TempDir
    Path temp;

    private DataFolder folder;
    private PostgresFiles files;

    @BeforeEach
    void open() {
        folder = DataFolder.open(temp);
        files = new PostgresFiles(folder);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql.conf", "PG_VERSION"})
    void prepare_aFileOfTheDatabaseIsGone_refusesEachTimeAndKeepsTheRest(String gone) throws IOException {
        complete();
        Files.delete(files.data().resolve(gone));

        for (int start = 1; start <= 3; start++) {
            StartException refusal = assertThrows(StartException.class, files::prepare);
            assertEquals(6, refusal.exitCode());
            assertTrue(String.valueOf(refusal.getMessage()).contains("restore"), refusal.getMessage());
        }

        assertEquals("mail", Files.readString(files.data().resolve("base/1")));
    }

    @Test
    void prepare_completeDatabase_isNotMarked() throws IOException {
        complete();
        files.prepare();
        assertFalse(Files.exists(folder.resolve("postgres/unfinished")));
    }

    @Test
    void prepare_firstStartThatWasCut_isRemoved() throws IOException {
        files.prepare();
        Files.createDirectories(files.data().resolve("base"));

        files.prepare();

        assertFalse(Files.exists(files.data()));
        assertTrue(Files.exists(folder.resolve("postgres/unfinished")));
    }

    private void complete() throws IOException {
        folder.secret("database-superuser");
        Files.createDirectories(files.data().resolve("base"));
        Files.writeString(files.data().resolve("base/1"), "mail");
        Files.writeString(files.data().resolve("PG_VERSION"), "18");
        Files.writeString(files.data().resolve("postgresql.conf"), "");
    }
}
