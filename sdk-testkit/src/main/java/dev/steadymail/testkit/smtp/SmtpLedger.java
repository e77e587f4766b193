package dev.steadymail.testkit.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file with a line for each accepted message, as a witness of a {@link SmtpMailroom}: Message-ID, SHA-256 and recipients with commas
 * between, separated by tabs. A line is on the disk before the client gets its 250, so that a killed server forgets nothing that it
 * confirmed; there may be lines that were never confirmed. Thread-safe.
 */
public final class SmtpLedger implements Consumer<SmtpMessage>, AutoCloseable {
    private final FileChannel file;

    private SmtpLedger(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens a file to append to, and makes it where there is none.
     *
     * @throws UncheckedIOException if that fails
     */
    public static SmtpLedger open(Path path) {
        try {
            return new SmtpLedger(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger could not be opened", e);
        }
    }

    /**
     * Writes a message's line and has it put on the disk.
     *
     * @throws UncheckedIOException if that fails
     */
    @Override
    public synchronized void accept(SmtpMessage message) {
        String line = message.messageId() + "\t" + message.sha256() + "\t"
                + String.join(",", message.envelope().addresses()) + "\n";
        ByteBuffer octets = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (octets.hasRemaining()) {
                file.write(octets);
            }
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger could not be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger could not be closed", e);
        }
    }
}
