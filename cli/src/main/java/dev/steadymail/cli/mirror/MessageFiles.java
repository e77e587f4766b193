package dev.steadymail.cli.mirror;

import dev.steadymail.cli.disk.PrivateFiles;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Messages on disk under the hash of their content, each content once: {@code messages/ab/<sha256>.eml}. A file with such a name
 * is always whole. Not thread-safe.
 */
final class MessageFiles {
    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final Path temporary;
    private final Runnable pulse;
    private final Set<Path> touched = new LinkedHashSet<>();

    /**
     * Starts on the files that are there.
     *
     * @param root the folder {@code messages}
     * @param temporary where a message is written until it is whole
     * @param pulse called for every piece that was read
     */
    MessageFiles(Path root, Path temporary, Runnable pulse) {
        this.root = root;
        this.temporary = temporary;
        this.pulse = pulse;
    }

    /**
     * Stores a message.
     *
     * @throws IOException where it cannot be written
     * @throws MailException of kind NETWORK where it cannot be read
     */
    Content store(InputStream message) throws IOException {
        Content content = copy(message);
        Path target = path(content.sha256());
        if (has(content)) {
            Files.delete(temporary);
        } else {
            PrivateFiles.createFolder(folder(content.sha256()));
            PrivateFiles.moveInto(temporary, target);
            touched.add(folder(content.sha256()));
        }
        return content;
    }

    /** Returns whether a content is there. */
    boolean has(Content content) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(path(content.sha256()), BasicFileAttributes.class);
            return file.isRegularFile() && file.size() == content.size();
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** Returns whether there is any message. */
    boolean any() throws IOException {
        return !all().isEmpty();
    }

    /** Returns every message, in no particular order; files with other names are left out. */
    List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : list(root)) {
            for (Path file : Files.isDirectory(folder) ? list(folder) : List.<Path>of()) {
                if (isMessage(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Makes everything stored so far survive a loss of power. */
    void force() throws IOException {
        for (Path folder : touched) {
            PrivateFiles.force(folder);
        }
        if (!touched.isEmpty()) {
            PrivateFiles.force(root);
        }
        touched.clear();
    }

    /** Deletes every message but these; files with other names stay. */
    void keepOnly(Set<String> sha256) throws IOException {
        for (Path file : all()) {
            if (!sha256.contains(hashOf(file))) {
                Files.delete(file);
            }
        }
    }

    private Content copy(InputStream message) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel channel = PrivateFiles.create(temporary)) {
            for (int count = read(message, buffer); count >= 0; count = read(message, buffer)) {
                digest.update(buffer, 0, count);
                write(channel, ByteBuffer.wrap(buffer, 0, count));
                size += count;
                pulse.run();
            }
            channel.force(true);
        }
        return new Content(Sha256.hex(digest.digest()), size);
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A message that cannot be read is the provider's failure, not the disk's. */
    private static int read(InputStream message, byte[] buffer) {
        try {
            return message.read(buffer);
        } catch (IOException cut) {
            throw cutOff(cut);
        }
    }

    /** Returns what a provider's stream failed with. */
    static MailException cutOff(IOException cut) {
        return cut.getCause() instanceof MailException known
                ? known
                : MailException.of(Kind.NETWORK, "a message was cut off while it was read", cut);
    }

    /** Returns where a content is, or would be. */
    Path path(String sha256) {
        return folder(sha256).resolve(sha256 + ".eml");
    }

    private Path folder(String sha256) {
        return root.resolve(sha256.substring(0, 2));
    }

    private boolean isMessage(Path file) {
        return Sha256.FILE_NAME.matcher(String.valueOf(file.getFileName())).matches()
                && file.equals(path(hashOf(file)))
                && Files.isRegularFile(file);
    }

    /** Returns the hash that a message's name says. */
    static String hashOf(Path file) {
        return String.valueOf(file.getFileName()).replace(".eml", "");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /**
     * The exact octets of a message.
     *
     * @param sha256 their hash
     * @param size their number
     */
    record Content(String sha256, long size) {}
}
