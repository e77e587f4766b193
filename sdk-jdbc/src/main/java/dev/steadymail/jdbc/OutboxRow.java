package dev.steadymail.jdbc;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxFailure;
import dev.steadymail.send.OutboxMessage;
import dev.steadymail.send.OutboxRefusal;
import dev.steadymail.send.OutboxState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An outbox entry as a row of {@code steadymail_outbox}. Instants keep their nanoseconds, whatever their year. */
final class OutboxRow {
    /** Columns that never change, after account, key and length of the content. */
    static final String FIXED =
            "key_text, fingerprint, message_id, subject, recipients, message_date, size, created_s, created_n";

    /** Columns that a later version may have otherwise. */
    static final String CHANGING =
            "state, due_s, due_n, attempts, tried_at, left_s, left_n, unclear_at, looks, failure,"
                    + " email_id, thread_id, refusals, changed_s, changed_n, settled, version";

    static final String ALL = FIXED + ", " + CHANGING;

    private OutboxRow() {}

    static List<@Nullable Object> fixed(OutboxMessage message) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(SafeText.write(message.key()));
        values.add(SafeText.write(message.fingerprint()));
        values.add(SafeText.write(message.messageId()));
        values.add(SafeText.write(message.subject()));
        values.add(SafeText.writeAll(message.recipients()));
        values.add(text(message.date()));
        values.add(message.size());
        add(values, message.createdAt());
        return values;
    }

    static List<@Nullable Object> changing(OutboxEntry entry) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(entry.state().name());
        add(values, entry.dueAt());
        values.add(entry.attempts());
        values.add(text(entry.triedAt()));
        add(values, entry.leftAt());
        values.add(text(entry.unclearAt()));
        values.add(entry.looks());
        values.add(entry.failure() == null ? null : failure(entry.failure()));
        values.add(
                entry.emailId() == null ? null : SafeText.write(entry.emailId().value()));
        values.add(
                entry.threadId() == null
                        ? null
                        : SafeText.write(entry.threadId().value()));
        values.add(SafeText.writeAll(
                entry.refusals().stream().map(OutboxRow::refusal).toList()));
        add(values, entry.changedAt());
        values.add(entry.isSettled() ? 1 : 0);
        values.add(entry.version());
        return values;
    }

    static OutboxEntry read(ResultSet row) throws SQLException {
        String failure = row.getString("failure");
        String emailId = row.getString("email_id");
        String threadId = row.getString("thread_id");
        return new OutboxEntry(
                message(row),
                OutboxState.valueOf(row.getString("state")),
                instant(row, "due"),
                row.getInt("attempts"),
                instant(row.getString("tried_at")),
                instant(row, "left"),
                instant(row.getString("unclear_at")),
                row.getInt("looks"),
                failure == null ? null : failure(SafeText.readAll(failure)),
                emailId == null ? null : new EmailId(SafeText.read(emailId)),
                threadId == null ? null : new ThreadId(SafeText.read(threadId)),
                SafeText.readAll(row.getString("refusals")).stream()
                        .map(OutboxRow::refusal)
                        .toList(),
                required(row, "changed"),
                row.getLong("version"));
    }

    private static OutboxMessage message(ResultSet row) throws SQLException {
        return new OutboxMessage(
                SafeText.read(row.getString("key_text")),
                SafeText.read(row.getString("fingerprint")),
                SafeText.read(row.getString("message_id")),
                SafeText.read(row.getString("subject")),
                SafeText.readAll(row.getString("recipients")),
                instant(row.getString("message_date")),
                row.getLong("size"),
                required(row, "created"));
    }

    /** Kind, message and, where there is one, the provider's code. */
    private static String failure(OutboxFailure failure) {
        String code = failure.providerCode();
        String kind = failure.kind().name();
        return SafeText.writeAll(
                code == null ? List.of(kind, failure.message()) : List.of(kind, failure.message(), code));
    }

    private static OutboxFailure failure(List<String> texts) {
        return new OutboxFailure(Kind.valueOf(texts.get(0)), texts.size() > 2 ? texts.get(2) : null, texts.get(1));
    }

    private static String refusal(OutboxRefusal refusal) {
        return SafeText.writeAll(List.of(refusal.address(), failure(refusal.failure())));
    }

    private static OutboxRefusal refusal(String text) {
        List<String> texts = SafeText.readAll(text);
        return new OutboxRefusal(texts.get(0), failure(SafeText.readAll(texts.get(1))));
    }

    private static void add(List<@Nullable Object> values, @Nullable Instant instant) {
        values.add(instant == null ? null : instant.getEpochSecond());
        values.add(instant == null ? null : instant.getNano());
    }

    /** Reads an instant of two columns that are compared and sorted by the database. */
    static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
        long seconds = row.getLong(name + "_s");
        return row.wasNull() ? null : Instant.ofEpochSecond(seconds, row.getInt(name + "_n"));
    }

    static Instant required(ResultSet row, String name) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(name + "_s"), row.getInt(name + "_n"));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
