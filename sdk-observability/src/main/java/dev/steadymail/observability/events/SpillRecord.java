package dev.steadymail.observability.events;

import dev.steadymail.observability.export.EventBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A batch as it lies on disk, numbers big-endian:
 *
 * <pre>
 * octets   what
 * 4        "SME1"
 * 4        CRC-32C of all that follows
 * 16       the session's id
 * 16       the batch's id
 * 4        how many events
 * rest     their JSON in UTF-8
 * </pre>
 */
final class SpillRecord {
    /** A hundred events take a tenth of it. */
    static final int MOST_OCTETS = 1 << 20;

    private static final int MAGIC = 0x534d4531;
    private static final int CHECKED_FROM = 8;
    private static final int HEADER = CHECKED_FROM + 16 + 16 + 4;

    private SpillRecord() {}

    static byte[] of(EventBatch batch) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(batch.octets());
        try {
            batch.writeTo(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory is written to", impossible);
        }
        ByteBuffer record =
                ByteBuffer.allocate(HEADER + json.size()).putInt(MAGIC).putInt(0);
        put(record, batch.sessionId());
        put(record, batch.id());
        record.putInt(batch.events()).put(json.toByteArray());
        record.putInt(CHECKED_FROM - 4, checksum(record.array()));
        return record.array();
    }

    /** Returns the batch, empty where it is not as it was written. */
    static Optional<EventBatch> read(byte[] octets) {
        if (octets.length <= HEADER) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.wrap(octets);
        if (record.getInt() != MAGIC || record.getInt() != checksum(octets)) {
            return Optional.empty();
        }
        UUID session = new UUID(record.getLong(), record.getLong());
        UUID id = new UUID(record.getLong(), record.getLong());
        int events = record.getInt();
        byte[] json = new byte[record.remaining()];
        record.get(json);
        return events < 1 || events > EventBatch.MOST_EVENTS
                ? Optional.empty()
                : Optional.of(EventBatch.of(session, id, events, json));
    }

    private static void put(ByteBuffer record, UUID id) {
        record.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static int checksum(byte[] octets) {
        CRC32C checksum = new CRC32C();
        checksum.update(octets, CHECKED_FROM, octets.length - CHECKED_FROM);
        return (int) checksum.getValue();
    }
}
