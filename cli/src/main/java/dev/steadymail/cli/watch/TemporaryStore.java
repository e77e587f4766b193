package dev.steadymail.cli.watch;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.sync.FileSyncStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A store in a folder of its own under the system's temporary folder, for this user alone, deleted when closed. It holds ids, marks,
 * times and sizes of emails, and nothing of their content. Not thread-safe.
 */
public final class TemporaryStore implements AutoCloseable {
    private final Path folder;
    private final FileSyncStore store;

    private TemporaryStore(Path folder, FileSyncStore store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * Opens an empty store.
     *
     * @throws MailException of kind STORAGE where there is no place for it
     */
    public static TemporaryStore open() {
        try {
            Path folder = Files.createTempDirectory("steadymail-watch-");
            return new TemporaryStore(folder, FileSyncStore.open(folder));
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE, "no temporary folder can be made; free space or check permissions", failure);
        }
    }

    FileSyncStore store() {
        return store;
    }

    /** What cannot be deleted stays for the system to clear away, as after a kill. */
    @Override
    public void close() {
        store.close();
        try {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            folder.toFile().deleteOnExit();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
