package dev.steadymail.gmail.upload;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.Submission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MessageSourceTest {
    @Test
    void streamThatEndsBeforeThePiece_isClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream shorter = new ByteArrayInputStream(new byte[10]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        MessageSource source = new MessageSource(Submission.of(new RawContent() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream open() {
                return shorter;
            }
        }));
        assertThrows(IOException.class, () -> source.write(50, 100, OutputStream.nullOutputStream()));
        assertTrue(closed.get());
    }
}
