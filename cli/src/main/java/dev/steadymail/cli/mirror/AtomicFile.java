package dev.steadymail.cli.mirror;

import dev.steadymail.cli.disk.PrivateFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/** Replaces a text file whole: readers see the old one or the new one, also after a crash or on a full disk. */
final class AtomicFile {
    private AtomicFile() {}

    /** Writes lines in UTF-8, each ended by LF; {@code temporary} is on the same file system as {@code target}. */
    static void write(Path target, Path temporary, Iterator<String> lines) throws IOException {
        try (FileChannel channel = PrivateFiles.create(temporary)) {
            BufferedWriter out =
                    new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), 1 << 16));
            while (lines.hasNext()) {
                out.write(lines.next());
                out.write('\n');
            }
            out.flush();
            channel.force(true);
        }
        PrivateFiles.moveInto(temporary, target);
        PrivateFiles.force(parent(target));
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
