package dev.steadymail.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A message in a file. */
final class OctetsInFile implements RawContent {
    private final Path file;
    private final long size;

    OctetsInFile(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    /** A path may name its owner. */
    @Override
    public String toString() {
        return "RawContent[" + size + " octets]";
    }
}
