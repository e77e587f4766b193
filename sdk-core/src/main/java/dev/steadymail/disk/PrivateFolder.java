package dev.steadymail.disk;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;
    private final String name;
    private final String remedy;
    private final boolean posix;

    /**
     * Opens a folder, made where missing.
     *
     * @param name what errors call it, for example {@code the token folder}
     * @param remedy what else to do where others could read it, for an error's end
     * @throws MailException of kind STORAGE where others can look into it
     */
    public PrivateFolder(Path folder, String name, String remedy) throws IOException {
        this.folder = folder;
        this.name = name;
        this.remedy = remedy;
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
        requirePrivate(folder, name, "700");
    }

    /** Returns where a file is, or would be. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Returns whether there is a file of a name. */
    public boolean has(String name) {
        return Files.exists(path(name));
    }

    /**
     * Returns a file's octets, empty where there is none.
     *
     * @param most how many octets the file may have
     */
    public Optional<byte[]> read(String name, int most) throws IOException {
        try (FileInputStream in = new FileInputStream(path(name).toFile())) {
            requirePrivate(path(name), "a file in " + this.name, "600");
            byte[] octets = in.readNBytes(most + 1);
            if (octets.length > most) {
                throw new IOException("a file in " + this.name + " is longer than any that was written there");
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
    public void replace(String name, byte[] octets) throws IOException {
        replace(name, out -> out.write(octets));
    }

    /** Puts what is written into a file's place, as above. */
    public void replace(String name, Writing writing) throws IOException {
        Path fresh = path(name + ".new");
        Files.deleteIfExists(fresh);
        createPrivate(fresh);
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            writing.to(out);
            out.getFD().sync();
        }
        Files.move(fresh, path(name), StandardCopyOption.ATOMIC_MOVE);
        ForcedFolder.force(folder);
    }

    /** Removes a file where there is one. */
    public void delete(String name) throws IOException {
        if (Files.deleteIfExists(path(name))) {
            ForcedFolder.force(folder);
        }
    }

    /** Makes an empty file where there is none. */
    public void createIfMissing(String name) throws IOException {
        try {
            if (!has(name)) {
                createPrivate(path(name));
            }
        } catch (FileAlreadyExistsException anotherProcess) {
            requirePrivate(path(name), "a file in " + this.name, "600");
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
                    what + " is open to other users of this machine and is not used; run chmod " + mode + " on it"
                            + remedy);
        }
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
