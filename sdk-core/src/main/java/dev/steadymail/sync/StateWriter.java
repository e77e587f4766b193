package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the entries of a state journal as bytes; {@link StateReader} is its inverse. */
final class StateWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private StateWriter() {}

    static byte[] batch(SyncBatch batch) {
        return entry(StateEntry.BATCH, writer -> {
            writer.all(batch.mailboxesSaved(), writer::mailbox);
            writer.all(batch.relocated(), writer::relocated);
            writer.all(batch.created(), writer::email);
            writer.all(batch.updated(), writer::updated);
            writer.all(batch.destroyed(), id -> writer.text(id.value()));
            writer.all(batch.parked(), writer::parked);
            writer.all(batch.mailboxesGone(), id -> writer.text(id.value()));
            writer.text(batch.cursor().value());
        });
    }

    static byte[] staged(Email email) {
        return entry(StateEntry.STAGED, writer -> writer.email(email));
    }

    static byte[] stored(StoredEmail stored) {
        return entry(StateEntry.STORED, writer -> {
            writer.text(stored.id());
            writer.email(stored.email());
        });
    }

    static byte[] savedMailbox(Mailbox mailbox) {
        return entry(StateEntry.MAILBOX, writer -> writer.mailbox(mailbox));
    }

    static byte[] parkedEmail(ParkedEmail email) {
        return entry(StateEntry.PARKED, writer -> writer.parked(email));
    }

    static byte[] position(StoreState state) {
        return entry(StateEntry.POSITION, writer -> {
            writer.out.writeLong(state.lastNumber());
            writer.optionalText(
                    state.cursor().isPresent() ? state.cursor().get().value() : null);
        });
    }

    private static byte[] entry(StateEntry type, Part content) {
        StateWriter writer = new StateWriter();
        try {
            writer.out.writeByte(type.code());
            content.write(writer);
            return writer.bytes.toByteArray();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    private void email(Email email) throws IOException {
        text(email.id().value());
        optionalText(email.threadId() == null ? null : email.threadId().value());
        optionalText(email.blobId() == null ? null : email.blobId().value());
        mailboxIds(email.mailboxIds());
        keywords(email.keywords());
        time(email.receivedAt());
        out.writeLong(email.size());
        optionalText(email.fingerprint() == null ? null : email.fingerprint().value());
        optionalText(email.ancestry() == null ? null : email.ancestry().text());
    }

    private void mailbox(Mailbox mailbox) throws IOException {
        text(mailbox.id().value());
        all(mailbox.path(), this::text);
        optionalText(mailbox.role() == null ? null : mailbox.role().name());
        out.writeBoolean(mailbox.selectable());
    }

    private void relocated(Relocated change) throws IOException {
        text(change.from().value());
        text(change.to().value());
        mailboxIds(change.mailboxIds());
    }

    private void updated(Updated change) throws IOException {
        text(change.id().value());
        mailboxIds(change.mailboxIds());
        keywords(change.keywords());
    }

    private void parked(ParkedEmail email) throws IOException {
        text(email.id().value());
        text(email.reason());
        out.writeInt(email.tries());
        out.writeLong(email.retryAt().toEpochMilli());
    }

    private void mailboxIds(Collection<MailboxId> ids) throws IOException {
        all(ids, id -> text(id.value()));
    }

    private void keywords(Collection<Keyword> keywords) throws IOException {
        all(keywords, keyword -> text(keyword.value()));
    }

    private void time(Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private <T> void all(Collection<T> values, Item<T> item) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            item.write(value);
        }
    }

    private void optionalText(@Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(text);
        }
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @FunctionalInterface
    private interface Part {
        void write(StateWriter writer) throws IOException;
    }

    @FunctionalInterface
    private interface Item<T> {
        void write(T value) throws IOException;
    }
}
