package dev.steadymail.cli.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small text files of our own; whatever happened to them, reading gives a text. */
final class OwnText {
    private static final int MAX_LENGTH = 1 << 20;

    private OwnText() {}

    /** Returns the text without white space around it, at most a megabyte; what is not UTF-8 becomes U+FFFD. */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8).strip();
        }
    }
}
