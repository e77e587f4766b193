package dev.steadymail.auth;

import dev.steadymail.disk.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The key beside the records: a line that names the format, then 32 octets in Base64. */
final class KeyFile {
    static final String NAME = "key";

    private static final String FORMAT = "steadymail key 1\n";
    private static final int MOST_OCTETS = 1_024;

    private KeyFile() {}

    static Optional<byte[]> read(PrivateFolder folder) throws IOException {
        Optional<byte[]> octets = folder.read(NAME, MOST_OCTETS);
        return octets.isPresent() ? Optional.of(parse(octets.get())) : Optional.empty();
    }

    /** Makes a new key; the caller holds the lock of the folder. */
    static byte[] create(PrivateFolder folder) throws IOException {
        byte[] key = new byte[TokenCipher.KEY_OCTETS];
        new SecureRandom().nextBytes(key);
        String text = FORMAT + Base64.getEncoder().encodeToString(key) + "\n";
        folder.replace(NAME, text.getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    private static byte[] parse(byte[] octets) throws DamagedTokenException {
        String text = new String(octets, StandardCharsets.US_ASCII);
        try {
            byte[] key = Base64.getDecoder()
                    .decode(
                            text.startsWith(FORMAT)
                                    ? text.substring(FORMAT.length()).strip()
                                    : "");
            if (key.length == TokenCipher.KEY_OCTETS) {
                return key;
            }
            Arrays.fill(key, (byte) 0);
        } catch (IllegalArgumentException notBase64) {
            throw damaged();
        }
        throw damaged();
    }

    private static DamagedTokenException damaged() {
        return new DamagedTokenException("the key file beside it is damaged");
    }
}
