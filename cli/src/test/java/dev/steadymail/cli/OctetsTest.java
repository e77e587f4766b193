package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OctetsTest {
    private static final byte[] HALF = "half a mess".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private void write(InputStream octets, Path file) {
        Octets.write(
                octets,
                file.toString(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @Test
    void octets_arriveAsTheyAre() throws IOException {
        Path file = folder.resolve("file");
        write(new ByteArrayInputStream(HALF), file);
        assertArrayEquals(HALF, Files.readAllBytes(file));
    }

    @Test
    void messageThatIsCutOff_leavesNoFileBehind() {
        Path file = folder.resolve("file");
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(HALF), new Cut());
        MailException failure = assertThrows(MailException.class, () -> write(cut, file));
        assertEquals(Kind.NETWORK, failure.kind());
        assertFalse(Files.exists(file));
    }

    @Test
    void fileThatIsThere_stays() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThrows(CommandException.class, () -> write(new ByteArrayInputStream(HALF), file));
        assertEquals("mine", Files.readString(file));
    }

    private static final class Cut extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("connection reset");
        }
    }
}
