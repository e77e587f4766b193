package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Copies what a provider sends to a file or to standard output. */
final class Octets {
    private static final int BUFFER = 1 << 16;

    private Octets() {}

    /**
     * Copies and closes {@code octets}.
     *
     * @param file a file that is not there yet, or null for {@code out}
     */
    static void write(InputStream octets, @Nullable String file, PrintStream out) {
        try (octets) {
            if (file == null) {
                copy(octets, out);
            } else {
                write(octets, Path.of(file));
            }
        } catch (FileAlreadyExistsException there) {
            throw CommandException.usage("-o names a file that is there already; choose another");
        } catch (InvalidPathException notAPath) {
            throw CommandException.usage("-o must name a file");
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE, "the file of -o cannot be written; check its folder and free space", failure);
        }
    }

    private static void write(InputStream octets, Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        try (out) {
            copy(octets, out);
        } catch (IOException | RuntimeException failure) {
            Files.delete(file); // half a message, which would also be in the way of the next try
            throw failure;
        }
    }

    private static void copy(InputStream octets, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = read(octets, buffer); count >= 0; count = read(octets, buffer)) {
            out.write(buffer, 0, count);
        }
    }

    /** Failing to read is the provider's failure, not that of local storage. */
    static int read(InputStream octets, byte[] buffer) {
        try {
            return octets.read(buffer);
        } catch (IOException cut) {
            if (cut.getCause() instanceof MailException known) {
                throw known;
            }
            throw MailException.of(Kind.NETWORK, "the message was cut off while it was read; try again", cut);
        }
    }
}
