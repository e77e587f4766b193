package dev.steadymail.observability.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Events on their way, as JSON of the published schema. Immutable and thread-safe. */
public final class EventBatch {
    /** No batch has more events. */
    public static final int MOST_EVENTS = 100;

    private final UUID sessionId;
    private final UUID id;
    private final int events;
    private final byte[] json;

    private EventBatch(UUID sessionId, UUID id, int events, byte[] json) {
        this.sessionId = sessionId;
        this.id = id;
        this.events = events;
        this.json = json;
    }

    /**
     * Returns a batch.
     *
     * @param sessionId the random id of the batcher that made it
     * @param id the batch's own, kept for as long as it is sent
     * @param events how many events are in it, 1 to 100
     * @param json the events in UTF-8; copied
     */
    public static EventBatch of(UUID sessionId, UUID id, int events, byte[] json) {
        if (events < 1 || events > MOST_EVENTS) {
            throw new IllegalArgumentException("a batch has 1 to 100 events, this one " + events);
        }
        return new EventBatch(sessionId, id, events, json.clone());
    }

    /** Returns the random id of the batcher that made it; order is kept within a session. */
    public UUID sessionId() {
        return sessionId;
    }

    /** Returns what names the batch, however often it is sent. */
    public UUID id() {
        return id;
    }

    /** Returns how many events are in it. */
    public int events() {
        return events;
    }

    /** Returns the octets of the JSON. */
    public int octets() {
        return json.length;
    }

    /** Returns the events as JSON. */
    public String json() {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Writes the JSON in UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(json);
    }

    /** Shows no event. */
    @Override
    public String toString() {
        return "EventBatch[" + id + ", " + events + " events]";
    }
}
