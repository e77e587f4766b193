package dev.steadymail.auth;

import dev.steadymail.disk.PrivateFolder;
import dev.steadymail.disk.WriterLock;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TokenStore} in a folder of its own, for any number of processes at once. The folder has mode 0700 and files have 0600,
 * where the file system knows modes; what others could read is refused. Each account's token is in a file of its own under
 * AES-256-GCM; a token that was moved to another account's place, changed, or cut is an error of kind STORAGE and never taken for
 * none. Files are replaced at once and forced to disk, so a crash leaves the token before or the token after.
 *
 * <p>The key is in the file {@code key} beside the tokens, made at first use, or is the caller's. A key beside what it locks protects
 * copies of single files, not the whole folder: who can read that has the tokens. Thread-safe.
 */
public final class FileTokenStore implements TokenStore {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final int MOST_OCTETS = 1 << 18;
    private static final String LOCK = "lock";
    private static final String ENDING = ".token";
    private static final String REMEDY =
            "; restore the folder with its key from a backup, or move it away and log in again";

    private static final String NAME = "the token folder";

    private final PrivateFolder folder;
    private final @Nullable TokenCipher given;
    private final Duration lockWait;

    FileTokenStore(PrivateFolder folder, byte @Nullable [] key, Duration lockWait) {
        this.folder = folder;
        this.given = key == null ? null : new TokenCipher(key);
        this.lockWait = lockWait;
    }

    /**
     * Opens the store in a folder, made where missing, with a key of its own beside the tokens.
     *
     * @throws MailException of kind STORAGE where the folder cannot be made or other users can look into it
     */
    public static FileTokenStore open(Path folder) {
        return new FileTokenStore(privately(folder), null, LOCK_WAIT);
    }

    /**
     * Opens the store with a key that the caller keeps elsewhere.
     *
     * @param key 32 octets in Base64
     * @throws IllegalArgumentException for another key
     * @throws MailException as {@link #open(Path)}
     */
    public static FileTokenStore open(Path folder, Secret key) {
        return open(folder, decoded(key));
    }

    /**
     * Opens the store with a key that the caller keeps elsewhere.
     *
     * @param key 32 octets from a source of good randomness
     * @throws IllegalArgumentException for a key of another length
     * @throws MailException as {@link #open(Path)}
     */
    public static FileTokenStore open(Path folder, byte[] key) {
        return new FileTokenStore(privately(folder), key, LOCK_WAIT);
    }

    /**
     * Returns the account's refresh token, empty where none was saved.
     *
     * @throws MailException of kind STORAGE where it cannot be read, is damaged, or other users can read it
     */
    @Override
    public Optional<Secret> load(AccountId account) {
        try {
            Optional<byte[]> octets = folder.read(name(account), MOST_OCTETS);
            return octets.isEmpty()
                    ? Optional.empty()
                    : Optional.of(readingCipher().read(account.value(), octets.get()));
        } catch (IOException failure) {
            throw failure("the stored token cannot be read", failure);
        }
    }

    /** Saves a token of at most 200,000 octets; waits 10 seconds at most for other writers. */
    @Override
    public void save(AccountId account, Secret refreshToken) {
        write("the token cannot be stored", () -> {
            byte[] octets = writingCipher().write(account.value(), refreshToken);
            if (octets.length > MOST_OCTETS) {
                throw new IOException("it is longer than any token");
            }
            folder.replace(name(account), octets);
        });
    }

    /** Forgets the account's token; harmless where there is none. Does not revoke it: that is for the authorization server. */
    public void remove(AccountId account) {
        write("the token cannot be removed", () -> folder.delete(name(account)));
    }

    @SuppressWarnings("try") // the lock is there to be held
    private void write(String what, Writing writing) {
        Deadline deadline = new Deadline(System.nanoTime() + lockWait.toNanos(), System::nanoTime);
        try {
            folder.createIfMissing(LOCK);
            try (WriterLock unused = WriterLock.take(folder.path(LOCK), NAME, deadline)) {
                writing.run();
            }
        } catch (IOException failure) {
            throw failure(what, failure);
        }
    }

    private TokenCipher readingCipher() throws IOException {
        return given != null
                ? given
                : new TokenCipher(KeyFile.read(folder)
                        .orElseThrow(() -> new DamagedTokenException("the key file beside it is missing")));
    }

    /** A key that is gone is not replaced while something waits to be read with it. */
    private TokenCipher writingCipher() throws IOException {
        if (given != null) {
            return given;
        }
        Optional<byte[]> key = KeyFile.read(folder);
        if (key.isEmpty() && hasTokens()) {
            throw new DamagedTokenException("the key file beside other tokens is missing");
        }
        return new TokenCipher(key.isPresent() ? key.get() : KeyFile.create(folder));
    }

    private boolean hasTokens() throws IOException {
        try (Stream<Path> files = Files.list(folder.path(""))) {
            return files.anyMatch(file -> file.toString().endsWith(ENDING));
        }
    }

    /** A hash, since account names hold what file names cannot, and addresses that a listing should not show. */
    private static String name(AccountId account) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(account.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + ENDING;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static PrivateFolder privately(Path folder) {
        try {
            return new PrivateFolder(folder, NAME, ", and log in again if others may have read it");
        } catch (IOException failure) {
            throw failure("the token folder cannot be opened", failure);
        }
    }

    private static byte[] decoded(Secret key) {
        try {
            return Base64.getDecoder().decode(key.reveal());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("the key must be 32 octets in Base64");
        }
    }

    /** Of a refused file Java's message is the path, which says nothing and may hold a name. */
    private static MailException failure(String what, IOException cause) {
        if (cause instanceof DamagedTokenException damaged) {
            return MailException.of(Kind.STORAGE, what + ": " + damaged.getMessage() + REMEDY, cause);
        }
        String reason = cause instanceof FileSystemException refused ? refused.getReason() : null;
        return MailException.of(
                Kind.STORAGE,
                what + ": " + (reason == null ? "the file system refused" : reason)
                        + "; free space or check permissions",
                cause);
    }

    @Override
    public String toString() {
        return "FileTokenStore[hidden]";
    }

    /** What is done while no other process writes. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
