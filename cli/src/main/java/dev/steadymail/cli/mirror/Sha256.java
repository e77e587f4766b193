package dev.steadymail.cli.mirror;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The hash that names contents (FIPS 180-4), written in lower-case hexadecimal digits. */
final class Sha256 {
    /** The file name of a message. */
    static final Pattern FILE_NAME = Pattern.compile("[0-9a-f]{64}\\.eml");

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
