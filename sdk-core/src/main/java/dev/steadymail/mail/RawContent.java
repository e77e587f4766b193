package dev.steadymail.mail;

import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The octets of a message (RFC 5322), lines ended by CRLF, which can be read as often as needed: a request that did not reach the
 * provider is sent again. Implementations are thread-safe, give the same octets each time, and keep them out of {@code toString}.
 */
public interface RawContent {
    /** Returns how many octets there are, exactly. */
    long size();

    /**
     * Opens the octets from the start; who opened the stream closes it. Several may be open at a time.
     *
     * @throws IOException where they cannot be read; ends the call that needs them with kind STORAGE
     */
    InputStream open() throws IOException;

    /** Returns a message in memory; the array is copied. */
    static RawContent of(byte[] octets) {
        return new OctetsInMemory(octets.clone());
    }

    /**
     * Returns a message in a file, which is read whenever it is needed and must stay as it is until then.
     *
     * @throws MailException of kind STORAGE where there is no such file, or it cannot be read
     */
    static RawContent of(Path file) {
        try {
            return new OctetsInFile(file, Files.size(file));
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE, "the message's file cannot be read; check the path and its rights", failure);
        }
    }
}
