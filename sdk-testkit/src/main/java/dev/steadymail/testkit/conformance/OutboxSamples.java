package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxFailure;
import dev.steadymail.send.OutboxMessage;
import dev.steadymail.send.OutboxRefusal;
import dev.steadymail.send.OutboxState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries for testing outbox stores. */
final class OutboxSamples {
    static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.123456Z");

    private OutboxSamples() {}

    static Instant at(int second) {
        return CREATED.plusSeconds(second);
    }

    static OutboxEntry queued(String key, int dueAt) {
        return in(OutboxState.QUEUED, key, 1, at(dueAt), null);
    }

    static OutboxEntry in(
            OutboxState state, String key, long version, @Nullable Instant dueAt, @Nullable Instant leftAt) {
        OutboxMessage message = new OutboxMessage(
                key, "f", "id@example.com", "", List.of(), null, content(key).size(), CREATED);
        return new OutboxEntry(
                message,
                state,
                dueAt,
                0,
                null,
                leftAt,
                null,
                0,
                null,
                null,
                null,
                List.of(),
                CREATED.plusSeconds(version),
                version);
    }

    /** An entry of which nothing is missing. */
    static OutboxEntry full(String key, long version) {
        OutboxMessage message = new OutboxMessage(
                key,
                "0123456789abcdef",
                "id@example.com",
                "Gr\u00fc\u00dfe \ud83d\udc4b",
                List.of("a@example.com", "b@example.org"),
                Instant.parse("2026-03-01T12:00:00Z"),
                content("one").size(),
                CREATED);
        OutboxFailure failure = new OutboxFailure(Kind.UNAVAILABLE, "450 4.2.0", "try later");
        OutboxFailure bare = new OutboxFailure(Kind.INVALID, null, "no such recipient");
        return new OutboxEntry(
                message,
                OutboxState.UNKNOWN,
                at(60),
                3,
                at(0),
                at(1),
                at(3),
                2,
                failure,
                new EmailId("e1"),
                new ThreadId("t1"),
                List.of(new OutboxRefusal("c@example.com", bare)),
                at(20),
                version);
    }

    static RawContent content(String text) {
        String message = "Message-ID: <id@example.com>\r\n\r\n" + text + "\r\n";
        return RawContent.of(message.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(RawContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
