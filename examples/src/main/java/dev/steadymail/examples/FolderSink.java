package dev.steadymail.examples;

import dev.steadymail.content.Content;
import dev.steadymail.content.ContentSink;
import dev.steadymail.content.Wanted;
import dev.steadymail.mail.EmailId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps content in a folder: one folder for each email, named by a digest of its id, one file for each part. A file is written beside its
 * place and moved there when it is whole. Thread-safe.
 */
final class FolderSink implements ContentSink {
    private final Path folder;

    FolderSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public Set<EmailId> complete(Collection<EmailId> emails, Wanted wanted) throws IOException {
        Set<EmailId> complete = new HashSet<>();
        for (EmailId email : emails) {
            Path mark = of(email).resolve("complete");
            Wanted had = Files.exists(mark) ? read(mark) : null;
            if (had != null && had.covers(wanted)) {
                complete.add(email);
            }
        }
        return complete;
    }

    @Override
    public boolean holds(EmailId email, String partId) {
        return Files.exists(file(email, partId));
    }

    @Override
    public void write(Content content, InputStream octets) throws IOException {
        Path target = file(content.email(), content.partId());
        Files.createDirectories(target.getParent());
        Path beside = Files.createTempFile(folder, "part", ".tmp");
        try {
            Files.copy(octets, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The mark is one line, so a cut one does not read as complete. */
    @Override
    public void completed(EmailId email, Wanted wanted) throws IOException {
        Files.createDirectories(of(email));
        String line = wanted.message() + " " + wanted.html() + " " + wanted.attachmentsUpTo() + " .";
        Files.writeString(of(email).resolve("complete"), line);
    }

    private static @Nullable Wanted read(Path mark) throws IOException {
        String[] words = Files.readString(mark).split(" ");
        return words.length < 4
                ? null
                : new Wanted(Boolean.parseBoolean(words[0]), Boolean.parseBoolean(words[1]), Long.parseLong(words[2]));
    }

    /** Part ids are the provider's: none of ours has anything but digits and dots, but a path is no place to rely on it. */
    private Path file(EmailId email, String partId) {
        return of(email).resolve(partId.isEmpty() ? "message.eml" : "part-" + digest(partId));
    }

    private Path of(EmailId email) {
        return folder.resolve(digest(email.value()));
    }

    private static String digest(String text) {
        try {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
