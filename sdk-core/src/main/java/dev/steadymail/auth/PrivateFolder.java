package dev.steadymail.auth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that only its owner can look into, where the file system knows owners; what others could read is refused. Files are
 * replaced whole and at once. Interrupts end no write: what is being written may be the only copy. Thread-safe as far as writers
 * keep each other out.
 */
final class PrivateFolder {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** A folder is forced through a channel, which each interrupt closes; more of them than this are a defect, not a wish. */
    private static final int MAX_INTERRUPTS = 1_000;

    private final Path folder;
    private final boolean posix;

    /** Opens a folder, made where missing. */
    PrivateFolder(Path folder) throws IOException {
        this.folder = folder;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
        requirePrivate(folder, "the token folder", "700");
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(path(name));
    }

    /**
     * Returns a file's octets, empty where there is none.
     *
     * @param most how many octets the file may have
     */
    Optional<byte[]> read(String name, int most) throws IOException {
        try (FileInputStream in = new FileInputStream(path(name).toFile())) {
            requirePrivate(path(name), "a file in the token folder", "600");
            byte[] octets = in.readNBytes(most + 1);
            if (octets.length > most) {
                throw new IOException("a file in the token folder is longer than any that was written there");
            }
            return Optional.of(octets);
        } catch (FileNotFoundException missing) {
            if (has(name)) {
                throw missing;
            }
            return Optional.empty();
        }
    }

    /** Puts octets into a file's place: after a crash either the old ones are there or the new ones. */
    void replace(String name, byte[] octets) throws IOException {
        Path fresh = path(name + ".new");
        Files.deleteIfExists(fresh);
        createPrivate(fresh);
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(octets);
            out.getFD().sync();
        }
        Files.move(fresh, path(name), StandardCopyOption.ATOMIC_MOVE);
        force();
    }

    void delete(String name) throws IOException {
        if (Files.deleteIfExists(path(name))) {
            force();
        }
    }

    void createIfMissing(String name) throws IOException {
        try {
            if (!has(name)) {
                createPrivate(path(name));
            }
        } catch (FileAlreadyExistsException anotherProcess) {
            requirePrivate(path(name), "a file in the token folder", "600");
        }
    }

    private void createPrivate(Path file) throws IOException {
        Files.createFile(file, attributes("rw-------"));
    }

    private void requirePrivate(Path path, String what, String mode) throws IOException {
        if (!posix) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(Files.getPosixFilePermissions(path));
        open.retainAll(OTHERS);
        if (!open.isEmpty()) {
            throw MailException.of(
                    Kind.STORAGE,
                    what + " is open to other users of this machine and is not used; run chmod " + mode
                            + " on it, and log in again if others may have read it");
        }
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes what was moved or deleted survive a loss of power. */
    private void force() throws IOException {
        if (!posix) { // elsewhere folders cannot be opened
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            for (int tries = 0; !forced(tries); tries++) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether the folder is on the disk; not where an interrupt came between. */
    private boolean forced(int tries) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
            return true;
        } catch (ClosedByInterruptException interrupt) {
            if (tries == MAX_INTERRUPTS) {
                throw interrupt;
            }
            return false;
        }
    }
}
