package dev.steadymail.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Journals that were written before emails had fingerprints and parked ones had tries are read for ever. */
class FirstFormTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final StoreState state = new StoreState();

    @Test
    void aBatch_isRead() throws IOException {
        out.writeByte(1);
        out.writeInt(0); // mailboxes saved
        out.writeInt(0); // relocated
        out.writeInt(1);
        email("a");
        out.writeInt(0); // updated
        out.writeInt(0); // destroyed
        out.writeInt(1);
        text("b");
        text("unreadable");
        out.writeInt(0); // mailboxes gone
        text("cursor");
        StateReader.replay(bytes.toByteArray(), state);
        assertEquals(
                List.of("e0000000001"),
                state.emails().stream().map(StoredEmail::id).toList());
        assertEmail(state.emails().iterator().next().email());
        assertEquals(List.of(new ParkedEmail(new EmailId("b"), "unreadable", 1, Instant.EPOCH)), state.parked());
        assertEquals("cursor", state.cursor().orElseThrow().value());
    }

    @Test
    void aStoredEmail_isRead_andWrittenInTheLastForm() throws IOException {
        out.writeByte(3);
        text("e0000000007");
        email("a");
        StateReader.replay(bytes.toByteArray(), state);
        StoredEmail stored = state.emails().iterator().next();
        assertEmail(stored.email());

        StoreState again = new StoreState();
        StateReader.replay(StateWriter.stored(stored), again);
        assertEquals(List.of(stored), List.copyOf(again.emails()));
    }

    @Test
    void aStagedEmail_isRead() throws IOException {
        out.writeByte(2);
        email("a");
        StateReader.replay(bytes.toByteArray(), state);
        assertEmail(state.staged(new EmailId("a")).orElseThrow());
    }

    @Test
    void aParkedEmail_isRead() throws IOException {
        out.writeByte(5);
        text("b");
        text("unreadable");
        StateReader.replay(bytes.toByteArray(), state);
        assertEquals(1, state.parked().get(0).tries());
    }

    private static void assertEmail(Email email) {
        assertEquals(NOON, email.receivedAt());
        assertEquals(1_000, email.size());
        assertNull(email.fingerprint());
    }

    private void email(String id) throws IOException {
        text(id);
        out.writeBoolean(false); // thread
        out.writeBoolean(false); // blob
        out.writeInt(1);
        text("inbox");
        out.writeInt(0); // keywords
        out.writeLong(NOON.getEpochSecond());
        out.writeInt(0);
        out.writeLong(1_000);
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
