package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.Difference.What;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads every message file and holds it against its name and the index. Not thread-safe. */
final class FileComparison {
    private final MirrorView view;
    private final Differences differences;
    private final Runnable pulse;
    private final Path root;
    private final MessageFiles files;

    /**
     * Prepares to compare.
     *
     * @param pulse called for every file and between pieces of large ones; what it throws ends the reading
     */
    FileComparison(MirrorView view, Differences differences, Runnable pulse) {
        this.view = view;
        this.differences = differences;
        this.pulse = pulse;
        this.root = view.dir().resolve("messages");
        this.files = new MessageFiles(root, root, pulse);
    }

    void run() {
        try {
            Set<String> looked = new HashSet<>();
            for (IndexEntry entry : view.entries()) {
                if (looked.add(entry.sha256())) {
                    named(entry);
                }
            }
            for (Path file : Files.isDirectory(root) ? files.all() : List.<Path>of()) {
                if (!looked.contains(MessageFiles.hashOf(file))) {
                    found(What.FILE_UNNAMED, null, file);
                }
            }
        } catch (IOException failure) {
            throw StorageFailure.of("messages cannot be read", failure);
        }
    }

    private void named(IndexEntry entry) throws IOException {
        Path file = files.path(entry.sha256());
        pulse.run();
        if (!Files.isRegularFile(file)) {
            found(What.FILE_MISSING, entry, file);
        } else if (Files.size(file) != entry.size() || !hash(file).equals(entry.sha256())) {
            found(What.FILE_DAMAGED, entry, file);
        }
        differences.file();
    }

    private String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in, pulse);
        }
    }

    private void found(What what, @Nullable IndexEntry entry, Path file) {
        String below = view.dir().relativize(file).toString();
        differences.found(Difference.file(what, entry == null ? null : entry.id(), below));
    }
}
