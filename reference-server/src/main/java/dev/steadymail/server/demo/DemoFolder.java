package dev.steadymail.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;

/** What the demo mailbox keeps from its first start on: one value a file, for the owner's eyes only. Used by one thread. */
final class DemoFolder {
    private static final int PASSWORD_BYTES = 24;
    private static final int MAX_BYTES = 1_000;

    private final Path folder;

    private DemoFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the folder, made where missing.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    static DemoFolder open(Path folder) {
        try {
            Files.createDirectories(folder, permissions(folder, "rwx------"));
            return new DemoFolder(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Returns when the mailbox was first started, in whole seconds; that is now if it never was. */
    Instant firstStart(InstantSource clock) {
        Supplier<String> now =
                () -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            return Instant.parse(kept("first-start", now));
        } catch (DateTimeException e) {
            throw unusable(folder.resolve("first-start"), new IOException("it holds no date", e));
        }
    }

    String password() {
        return kept("password", DemoFolder::newPassword);
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String kept(String name, Supplier<String> first) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                create(file, first.get());
            }
            return read(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static String read(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size > MAX_BYTES) {
            throw new IOException("it has " + size + " octets");
        }
        return Files.readString(file).strip();
    }

    /** Writes beside the file first: a start that is cut off leaves no half value behind. */
    private static void create(Path file, String value) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(unfinished, options, permissions(file, "rw-------"))) {
            channel.write(StandardCharsets.UTF_8.encode(value + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] permissions(Path path, String text) {
        boolean known = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return known
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }

    private static UncheckedIOException unusable(Path path, IOException cause) {
        return new UncheckedIOException(
                path + " of the demo cannot be used (" + cause.getMessage()
                        + "); make it readable and writable, or delete it to start afresh",
                cause);
    }
}
