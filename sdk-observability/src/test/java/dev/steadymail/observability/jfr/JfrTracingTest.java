package dev.steadymail.observability.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.OperationNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrTracingTest {
    private static final AccountId ACCOUNT = new AccountId("ada.canary@example.com");

    private final Tracing tracing = JfrTracing.standard();

    @TempDir
    private Path folder;

    @Test
    void withoutARecording_nothingIsFollowed() {
        assertNull(call("messages.get"));
        for (Tracing.Work work : Tracing.Work.values()) {
            assertSame(WorkTrace.NONE, tracing.work(work, ACCOUNT, Protocol.IMAP));
        }
    }

    @Test
    void recording_holdsCallsAndWork_andNoAccount() throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("MailCall", "MailSync", "MailCacheRead", "MailSend")) {
                recording.enable("dev.steadymail." + name).withoutThreshold();
            }
            recording.start();
            followCall("messages.get", null);
            followCall("canary words", Kind.UNAVAILABLE);
            followWork();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.steadymail."))
                .toList();
        assertEquals(5, events.size());
        assertCall(named(events, "MailCall", 0), "messages.get", "succeeded");
        assertCall(named(events, "MailCall", 1), OperationNames.OTHER, "unavailable");
        assertWork(events);
        String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(octets.contains("canary"));
        assertTrue(octets.contains("messages.get"), "what is told can be found like this");
    }

    private CallTrace call(String operation) {
        return tracing.call(ACCOUNT, Protocol.GMAIL, operation, Lane.BACKFILL);
    }

    private void followCall(String operation, Kind failure) {
        CallTrace call = call(operation);
        assertNotNull(call);
        call.attemptBegan(1, 3_000_000);
        call.attemptLeft(1);
        call.attemptFailed(1, Kind.TIMEOUT, 5);
        call.attemptBegan(2, 4_000_000);
        call.attemptLeft(2);
        if (failure == null) {
            call.attemptSucceeded(2);
            call.succeeded();
        } else {
            call.attemptFailed(2, failure, 5);
            call.failed(failure, 0);
        }
    }

    private void followWork() {
        Instant now = Instant.EPOCH;
        tracing.work(Tracing.Work.SYNC, ACCOUNT, Protocol.IMAP)
                .ended(new SyncEvent(
                        now, ACCOUNT, Protocol.IMAP, SyncEvent.Mode.FULL, 1, 2, 3, 4, 5, Duration.ZERO, null));
        tracing.work(Tracing.Work.CACHE, ACCOUNT, Protocol.IMAP)
                .ended(new CacheEvent(
                        now, ACCOUNT, Protocol.IMAP, CacheEvent.Subject.LIST, 1, 2, 3, 4, 5, Duration.ZERO, null));
        tracing.work(Tracing.Work.SEND, ACCOUNT, Protocol.SMTP)
                .ended(new SendEvent(
                        now, ACCOUNT, Protocol.SMTP, SendEvent.Outcome.POSTPONED, 7, Duration.ZERO, Kind.UNAVAILABLE));
    }

    private static void assertCall(RecordedEvent call, String operation, String outcome) {
        assertEquals(operation, call.getString("operation"));
        assertEquals("gmail", call.getString("protocol"));
        assertEquals("backfill", call.getString("lane"));
        assertEquals(2, call.getInt("attempts"));
        assertEquals(Duration.ofMillis(7), call.getDuration("waited"));
        assertEquals(outcome, call.getString("outcome"));
        assertNull(call.getStackTrace());
    }

    private static void assertWork(List<RecordedEvent> events) {
        RecordedEvent sync = named(events, "MailSync", 0);
        assertEquals("full", sync.getString("mode"));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                List.of(
                        sync.getLong("created"),
                        sync.getLong("updated"),
                        sync.getLong("destroyed"),
                        sync.getLong("recovered"),
                        sync.getLong("parked")));
        RecordedEvent read = named(events, "MailCacheRead", 0);
        assertEquals("list", read.getString("subject"));
        assertEquals(
                List.of(1, 2, 3, 4, 5),
                List.of(
                        read.getInt("hits"),
                        read.getInt("sharedHits"),
                        read.getInt("sourced"),
                        read.getInt("loads"),
                        read.getInt("stale")));
        RecordedEvent send = named(events, "MailSend", 0);
        assertEquals(7, send.getInt("attempts"));
        assertEquals("postponed", send.getString("state"));
        assertEquals("unavailable", send.getString("outcome"));
    }

    private static RecordedEvent named(List<RecordedEvent> events, String name, int index) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.steadymail." + name))
                .toList()
                .get(index);
    }
}
