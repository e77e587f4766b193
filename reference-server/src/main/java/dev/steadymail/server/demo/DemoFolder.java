package dev.steadymail.server.demo;

import dev.steadymail.server.folder.FileTrouble;
import dev.steadymail.server.folder.PrivateFiles;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
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
     * @throws StartException of exit code 6 if it cannot be made
     */
    static DemoFolder open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            return new DemoFolder(folder);
        } catch (IOException | UnsupportedOperationException e) {
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
                PrivateFiles.replace(file, first.get() + "\n");
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

    private static StartException unusable(Path path, Exception cause) {
        return StartException.storage(
                "cannot use " + path + " of the demo: " + FileTrouble.words(cause)
                        + "; make it yours, or delete it to start the demo afresh",
                cause);
    }
}
