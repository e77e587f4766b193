package dev.steadymail.cli.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The hash that names contents (FIPS 180-4), written in lower-case hexadecimal digits. */
final class Sha256 {
    /** The file name of a message. */
    static final Pattern FILE_NAME = Pattern.compile("[0-9a-f]{64}\\.eml");

    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Returns the hash of all that is left in a stream; {@code pulse} is called for every piece that was read. */
    static String of(InputStream content, Runnable pulse) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            digest.update(buffer, 0, count);
            pulse.run();
        }
        return hex(digest.digest());
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
