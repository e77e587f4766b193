package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The files of the embedded PostgreSQL, below {@code postgres/} in the data folder. */
final class PostgresFiles {
    private static final String UNFINISHED = "postgres/unfinished";

    private final DataFolder folder;
    private final Path home;

    PostgresFiles(DataFolder folder) {
        this.folder = folder;
        this.home = folder.privateFolder("postgres");
    }

    Path data() {
        return home.resolve("data");
    }

    Path executables() {
        return home.resolve("bin");
    }

    /**
     * Returns a folder where nothing of worth may lie: zonky deletes what it finds in the one it is given as working
     * directory, if it was locked by somebody more than ten minutes ago.
     */
    Path scratch() {
        return home.resolve("work");
    }

    ServiceLog log() {
        return new ServiceLog(home.resolve("postgres.log"));
    }

    /** Returns whether an earlier start left a database that may have been used. */
    boolean hasDatabase() throws IOException {
        return Files.notExists(folder.resolve(UNFINISHED)) && !isEmpty(data());
    }

    /**
     * Makes the folder fit for a start. What an interrupted first start left is removed: a database that nobody has used
     * yet is known by a mark, executables that may have been cut short by the lack of one.
     */
    void prepare() throws IOException {
        if (Files.exists(folder.resolve(UNFINISHED))) {
            delete(data());
        }
        if (!isUnpacked()) {
            delete(executables());
        }
        if (isEmpty(data())) {
            folder.write(UNFINISHED, "");
        } else {
            requireComplete();
        }
        log().begin();
    }

    /** What is incomplete and not marked was complete once: it holds mail, and is left as it is. */
    private void requireComplete() {
        if (Files.notExists(data().resolve("postgresql.conf")) || Files.notExists(data().resolve("PG_VERSION"))) {
            throw StartException.storage(
                    data() + " is a database of which files are missing, postgresql.conf or PG_VERSION at least;"
                            + " restore the whole folder from a backup, or move it away to start anew",
                    null);
        }
        if (!folder.hasSecret(PostgresAccess.SUPERUSER_SECRET)) {
            throw StartException.storage(
                    folder.secretFile(PostgresAccess.SUPERUSER_SECRET) + " is missing, and " + data()
                            + " cannot be opened without it; restore the file, or move both folders away to start anew",
                    null);
        }
    }

    /** Tells the next start that from now on the database holds something. */
    void finished() throws IOException {
        Files.deleteIfExists(folder.resolve(UNFINISHED));
    }

    /** Returns the process that says it serves the database; it may be long gone, and its number another's. */
    OptionalLong owner() {
        try (Stream<String> lines = Files.lines(pidFile())) {
            return lines.limit(1)
                    .mapToLong(line -> Long.parseLong(line.strip()))
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Forgets who said so: PostgreSQL starts beside no living process of that number, whatever it is. */
    void disown() throws IOException {
        Files.deleteIfExists(pidFile());
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /** zonky leaves this file when it is done, and later takes over whatever files it finds. */
    private boolean isUnpacked() throws IOException {
        if (Files.notExists(executables())) {
            return false;
        }
        try (Stream<Path> versions = Files.list(executables())) {
            return versions.anyMatch(version -> Files.exists(version.resolve(".exists")));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
