package dev.steadymail.imap.sasl;

import java.util.Base64;
import java.util.regex.Pattern;

/** The server's first message of SCRAM (RFC 5802 section 7, {@code server-first-message}), checked. */
final class ScramServerFirst {
    /** RFC 7677 section 4: fewer make a stolen exchange cheap to guess from. */
    static final int LEAST_ITERATIONS = 4096;
    /** More would let a server burn our time: this count takes 0.6 to 1.4 seconds of a core on JDK 17. */
    static final int MOST_ITERATIONS = 600_000;

    private static final int LONGEST_SALT = 1024;
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,9}");
    /** RFC 5802 section 7, {@code printable}; a comma cannot come, it ends the field. */
    private static final Pattern NONCE = Pattern.compile("[!-~]{1,1024}");

    final String nonce;
    final byte[] salt;
    final int iterations;

    private ScramServerFirst(String nonce, byte[] salt, int iterations) {
        this.nonce = nonce;
        this.salt = salt;
        this.iterations = iterations;
    }

    /**
     * Reads the message.
     *
     * @param clientNonce ours, which the server's must begin with and must be longer than
     */
    static ScramServerFirst read(String message, String clientNonce) throws SaslRefusedException {
        String[] fields = message.split(",", -1);
        if (fields.length < 3) {
            throw SaslRefusedException.server("the server's first SCRAM message lacks a field");
        }
        String nonce = nonce(field(fields[0], "r="), clientNonce);
        byte[] salt = base64(field(fields[1], "s="));
        if (salt.length == 0 || salt.length > LONGEST_SALT) {
            throw SaslRefusedException.server("the server's salt must have 1 to 1024 octets, had " + salt.length);
        }
        return new ScramServerFirst(nonce, salt, iterations(field(fields[2], "i=")));
    }

    /** An unknown field in place of the expected one includes {@code m=}, which section 5.1 has us refuse. */
    static String field(String field, String prefix) throws SaslRefusedException {
        if (!field.startsWith(prefix)) {
            throw SaslRefusedException.server("the server's SCRAM message has no " + prefix + " where it must be");
        }
        return field.substring(prefix.length());
    }

    static byte[] base64(String text) throws SaslRefusedException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw SaslRefusedException.server("the server's SCRAM message holds malformed base64");
        }
    }

    private static String nonce(String nonce, String clientNonce) throws SaslRefusedException {
        boolean extended = nonce.startsWith(clientNonce) && nonce.length() > clientNonce.length();
        if (!extended || !NONCE.matcher(nonce).matches()) {
            throw SaslRefusedException.server(
                    "the server's nonce does not extend ours; the answer may be a repeated one");
        }
        return nonce;
    }

    private static int iterations(String text) throws SaslRefusedException {
        if (!COUNT.matcher(text).matches()) {
            throw SaslRefusedException.server("the server's iteration count is not a number of at most 10 digits");
        }
        long count = Long.parseLong(text);
        if (count < LEAST_ITERATIONS || count > MOST_ITERATIONS) {
            throw SaslRefusedException.server("the server asks for " + count + " iterations; taken are "
                    + LEAST_ITERATIONS + " to " + MOST_ITERATIONS);
        }
        return (int) count;
    }
}
