package dev.steadymail.send;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.ThreadId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An outbox entry as octets: a version, the fields in their order, a checksum. */
final class EntryFile {
    /** 100,000 recipients of 254 characters, and more. */
    static final int MOST_OCTETS = 64 << 20;

    private static final int VERSION = 1;
    private static final int CHECKSUM = 4;

    private EntryFile() {}

    static byte[] write(OutboxEntry entry) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeByte(VERSION);
        message(entry.message(), out);
        text(entry.state().name(), out);
        instant(entry.dueAt(), out);
        out.writeInt(entry.attempts());
        instant(entry.triedAt(), out);
        instant(entry.leftAt(), out);
        instant(entry.unclearAt(), out);
        out.writeInt(entry.looks());
        failure(entry.failure(), out);
        text(entry.emailId() == null ? null : entry.emailId().value(), out);
        text(entry.threadId() == null ? null : entry.threadId().value(), out);
        out.writeInt(entry.refusals().size());
        for (OutboxRefusal refusal : entry.refusals()) {
            text(refusal.address(), out);
            failure(refusal.failure(), out);
        }
        instant(entry.changedAt(), out);
        out.writeLong(entry.version());
        out.writeInt(checksum(octets.toByteArray(), octets.size()));
        return octets.toByteArray();
    }

    static OutboxEntry read(byte[] octets) throws IOException {
        int end = octets.length - CHECKSUM;
        if (end < 1 || octets[0] != VERSION) {
            throw new IOException("an outbox entry is damaged or of a newer version");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets));
        in.skipNBytes(end);
        if (in.readInt() != checksum(octets, end)) {
            throw new IOException("an outbox entry is damaged");
        }
        return entry(new DataInputStream(new ByteArrayInputStream(octets, 1, end - 1)));
    }

    private static OutboxEntry entry(DataInputStream in) throws IOException {
        OutboxMessage message = message(in);
        OutboxState state = OutboxState.valueOf(requiredText(in));
        Instant dueAt = instant(in);
        int attempts = in.readInt();
        Instant triedAt = instant(in);
        Instant leftAt = instant(in);
        Instant unclearAt = instant(in);
        int looks = in.readInt();
        OutboxFailure failure = failure(in);
        String emailId = text(in);
        String threadId = text(in);
        List<OutboxRefusal> refusals = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            refusals.add(new OutboxRefusal(requiredText(in), requiredFailure(in)));
        }
        return new OutboxEntry(
                message,
                state,
                dueAt,
                attempts,
                triedAt,
                leftAt,
                unclearAt,
                looks,
                failure,
                emailId == null ? null : new EmailId(emailId),
                threadId == null ? null : new ThreadId(threadId),
                refusals,
                requiredInstant(in),
                in.readLong());
    }

    private static void message(OutboxMessage message, DataOutputStream out) throws IOException {
        text(message.key(), out);
        text(message.fingerprint(), out);
        text(message.messageId(), out);
        text(message.subject(), out);
        out.writeInt(message.recipients().size());
        for (String recipient : message.recipients()) {
            text(recipient, out);
        }
        instant(message.date(), out);
        out.writeLong(message.size());
        instant(message.createdAt(), out);
    }

    private static OutboxMessage message(DataInputStream in) throws IOException {
        String key = requiredText(in);
        String fingerprint = requiredText(in);
        String messageId = requiredText(in);
        String subject = requiredText(in);
        List<String> recipients = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            recipients.add(requiredText(in));
        }
        Instant date = instant(in);
        long size = in.readLong();
        Instant createdAt = requiredInstant(in);
        return new OutboxMessage(key, fingerprint, messageId, subject, recipients, date, size, createdAt);
    }

    private static void failure(@Nullable OutboxFailure failure, DataOutputStream out) throws IOException {
        text(failure == null ? null : failure.kind().name(), out);
        if (failure != null) {
            text(failure.providerCode(), out);
            text(failure.message(), out);
        }
    }

    private static @Nullable OutboxFailure failure(DataInputStream in) throws IOException {
        String kind = text(in);
        return kind == null ? null : new OutboxFailure(Kind.valueOf(kind), text(in), requiredText(in));
    }

    private static OutboxFailure requiredFailure(DataInputStream in) throws IOException {
        OutboxFailure failure = failure(in);
        if (failure == null) {
            throw new IOException("an outbox entry lacks why it refused a recipient");
        }
        return failure;
    }

    private static void instant(@Nullable Instant instant, DataOutputStream out) throws IOException {
        out.writeBoolean(instant != null);
        if (instant != null) {
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        }
    }

    private static @Nullable Instant instant(DataInputStream in) throws IOException {
        return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
    }

    private static Instant requiredInstant(DataInputStream in) throws IOException {
        Instant instant = instant(in);
        if (instant == null) {
            throw new IOException("an outbox entry lacks a time");
        }
        return instant;
    }

    private static void text(@Nullable String text, DataOutputStream out) throws IOException {
        byte[] octets = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets == null ? -1 : octets.length);
        if (octets != null) {
            out.write(octets);
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String requiredText(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("an outbox entry lacks a text");
        }
        return text;
    }

    private static int checksum(byte[] octets, int end) {
        CRC32C crc = new CRC32C();
        crc.update(octets, 0, end);
        return (int) crc.getValue();
    }
}
