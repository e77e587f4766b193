package dev.steadymail.server.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with everything that one server keeps, locked while it is open. Thread-safe.
 *
 * <p>{@code token} opens the HTTP API, {@code secrets/} holds what the server made up for itself; both stay the same
 * across starts.
 */
public final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int SECRET_BYTES = 32;
    private static final long MAX_SECRET_CHARS = 4096;
    private static final String TOKEN = "token";
    private static final String NODE = "node";
    private static final String SECRETS = "secrets";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Returns where the data is when nobody says otherwise: {@code .steadymail} in the home folder. */
    public static Path standard() {
        return Path.of(System.getProperty("user.home"), ".steadymail");
    }

    /**
     * Opens the folder, and creates it where it is missing.
     *
     * @throws StartException with exit code 6 if this is no folder that we can write to, 7 if another server has it open
     */
    public static DataFolder open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            Path real = folder.toRealPath();
            return new DataFolder(real, lock(real));
        } catch (IOException | UnsupportedOperationException e) {
            throw StartException.storage(
                    "cannot use " + folder + " as data folder: " + FileTrouble.words(e)
                            + "; choose a folder that you may write to with --data",
                    e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = PrivateFiles.open(folder.resolve("lock"));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is open in this process", folder, e);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw StartException.inUse(
                    "another server is using " + folder + "; stop it, or choose another folder with --data");
        }
        return channel;
    }

    /** Returns the folder itself, without symbolic links. */
    public Path path() {
        return path;
    }

    /** Returns a path below the folder. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Returns a folder below this one that only its owner may enter; creates it where it is missing. */
    public Path privateFolder(String name) {
        Path folder = resolve(name);
        try {
            PrivateFiles.createFolder(folder);
            return folder;
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    /** Writes a file below the folder, readable by its owner alone, in one step. */
    public void write(String name, String text) {
        try {
            PrivateFiles.replace(resolve(name), text);
        } catch (IOException e) {
            throw broken(resolve(name), e);
        }
    }

    /** Returns whether the secret was made before. */
    public boolean hasSecret(String name) {
        return Files.exists(secretFile(name));
    }

    /** Returns the secret of this name, standard Base64 of 32 random bytes made at its first use. */
    public synchronized String secret(String name) {
        privateFolder(SECRETS);
        return kept(secretFile(name), () -> Base64.getEncoder().encodeToString(random()));
    }

    /** Returns where a secret is kept, whether it exists or not. */
    public Path secretFile(String name) {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("a secret's name has 1 to 64 of a-z, 0-9 and -");
        }
        return resolve(SECRETS).resolve(name);
    }

    /** Returns the token that opens the HTTP API: URL-safe Base64 of 32 random bytes. */
    public synchronized String token() {
        return kept(tokenFile(), () -> Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
    }

    /** Returns the file with the token. */
    public Path tokenFile() {
        return resolve(TOKEN);
    }

    /** Returns the name of the server that uses this folder, made at random once; no secret. A copy of the folder has the same. */
    public synchronized String node() {
        return kept(resolve(NODE), () -> UUID.randomUUID().toString());
    }

    private String kept(Path file, Supplier<String> fresh) {
        try {
            String kept = read(file);
            if (kept == null) {
                kept = fresh.get();
                // No newline after it: who reads the file has the secret as it is sent.
                PrivateFiles.replace(file, kept);
            }
            return kept;
        } catch (IOException e) {
            throw broken(file, e);
        }
    }

    private static @Nullable String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        if (PrivateFiles.isOpenToOthers(file)) {
            LOG.warn("{} can be opened by other users; chmod 600 makes it private again", file);
        }
        String text = Files.size(file) > MAX_SECRET_CHARS
                ? ""
                : Files.readString(file).strip();
        if (text.isEmpty()) {
            throw new IOException("it is empty or far too long; restore it, or delete it to start without it");
        }
        return text;
    }

    private static StartException broken(Path file, IOException cause) {
        return StartException.storage("cannot use " + file + ": " + FileTrouble.words(cause), cause);
    }

    private static byte[] random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Lets another server open the folder. Closing again does nothing. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("{} stays locked until this process ends: {}", path, FileTrouble.words(e));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
