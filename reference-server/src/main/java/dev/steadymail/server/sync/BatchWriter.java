package dev.steadymail.server.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.server.mail.EmailContent;
import dev.steadymail.server.mail.StorableText;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes batches of one account, inside the caller's transaction, stage by stage as {@link SyncBatch} orders them. A stage is a
 * few JDBC batches, whatever the number of changes.
 */
final class BatchWriter {
    private static final String SAVE_MAILBOX = """
            insert into mailbox (id, account_id, provider_key, provider_id, path, role, selectable, saved)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, provider_key) do update
            set path = excluded.path, role = excluded.role, selectable = excluded.selectable, saved = true
            where excluded.saved
            """;
    private static final String DROP_MAILBOX =
            "update mailbox set saved = false where account_id = ? and provider_key = ?";
    private static final String FORGET_UNUSED_MAILBOXES = """
            delete from mailbox m where m.account_id = ? and not m.saved
            and not exists (select 1 from email_mailbox i where i.mailbox_id = m.id)
            """;
    private static final String CLEAR_TARGET = """
            delete from email where account_id = ? and provider_key = ?
            and exists (select 1 from email moved where moved.account_id = ? and moved.provider_key = ?)
            """;
    private static final String MOVE_EMAIL =
            "update email set provider_key = ?, provider_id = ? where account_id = ? and provider_key = ?";
    private static final String CLEAR_PARKED_TARGET = """
            delete from parked_email where account_id = ? and provider_key = ?
            and exists (select 1 from parked_email moved where moved.account_id = ? and moved.provider_key = ?)
            """;
    private static final String MOVE_PARKED =
            "update parked_email set provider_key = ?, provider_id = ? where account_id = ? and provider_key = ?";
    private static final String SAVE_EMAIL = """
            insert into email (id, account_id, provider_key, provider_id, thread_id, keywords, received_at, size,
                               sent_at, subject, has_attachment, content, fingerprint)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            on conflict (account_id, provider_key) do update
            set thread_id = excluded.thread_id, keywords = excluded.keywords, received_at = excluded.received_at,
                size = excluded.size, sent_at = excluded.sent_at, subject = excluded.subject,
                has_attachment = excluded.has_attachment, content = excluded.content,
                fingerprint = excluded.fingerprint
            """;
    private static final String MARK_EMAIL = "update email set keywords = ? where account_id = ? and provider_key = ?";
    private static final String LEAVE_MAILBOXES = """
            delete from email_mailbox i using email e
            where i.email_id = e.id and e.account_id = ? and e.provider_key = ?
            """;
    private static final String ENTER_MAILBOXES = """
            insert into email_mailbox (email_id, mailbox_id, received_at)
            select e.id, m.id, e.received_at from email e join mailbox m on m.account_id = e.account_id
            where e.account_id = ? and e.provider_key = ? and m.provider_key = any (?)
            """;
    private static final String DESTROY_EMAIL = "delete from email where account_id = ? and provider_key = ?";
    private static final String PARK = """
            insert into parked_email (account_id, provider_key, provider_id, reason, tries, retry_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (account_id, provider_key) do update
            set reason = excluded.reason, tries = excluded.tries, retry_at = excluded.retry_at
            """;
    private static final String UNPARK = "delete from parked_email where account_id = ? and provider_key = ?";
    private static final String SAVE_CURSOR = """
            insert into sync_cursor (account_id, value) values (?, ?)
            on conflict (account_id) do update set value = excluded.value
            """;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final UUID account;
    private final JdbcTemplate jdbc;
    private final ContentJson json;

    BatchWriter(UUID account, JdbcTemplate jdbc, ContentJson json) {
        this.account = account;
        this.jdbc = jdbc;
        this.json = json;
    }

    void write(SyncBatch batch) {
        save(batch.mailboxesSaved());
        DisjointMoves.of(batch.relocated()).forEach(this::relocate);
        create(batch.created());
        update(batch.updated());
        destroy(batch.destroyed());
        park(batch.parked());
        drop(batch.mailboxesGone());
        jdbc.update(SAVE_CURSOR, account, batch.cursor().value());
    }

    private void save(List<Mailbox> mailboxes) {
        each(SAVE_MAILBOX, mailboxes, mailbox -> {
            ProviderId id = ProviderId.of(mailbox.id());
            String role = mailbox.role() == null ? null : mailbox.role().name();
            String[] path = mailbox.path().stream().map(StorableText::escaped).toArray(String[]::new);
            return row(UUID.randomUUID(), account, id.key(), id.text(), path, role, mailbox.selectable(), true);
        });
    }

    /** Emails may name a mailbox before it is saved, and after it is gone. */
    private void mention(Collection<MailboxId> mailboxes) {
        each(SAVE_MAILBOX, Set.copyOf(mailboxes), mailbox -> {
            ProviderId id = ProviderId.of(mailbox);
            return row(UUID.randomUUID(), account, id.key(), id.text(), new String[] {id.text()}, null, true, false);
        });
    }

    /** Mailboxes come first, under the id before: an email that is not known must not change the one that has its new id. */
    private void relocate(List<Relocated> moves) {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        moves.forEach(move -> places.put(move.from(), move.mailboxIds()));
        place(places);
        List<Relocated> renamed =
                moves.stream().filter(move -> !move.from().equals(move.to())).toList();
        each(CLEAR_PARKED_TARGET, renamed, this::targetThenSource);
        each(MOVE_PARKED, renamed, this::targetFromSource);
        each(CLEAR_TARGET, renamed, this::targetThenSource);
        each(MOVE_EMAIL, renamed, this::targetFromSource);
    }

    private @Nullable Object[] targetThenSource(Relocated move) {
        return row(account, ProviderId.key(move.to()), account, ProviderId.key(move.from()));
    }

    private @Nullable Object[] targetFromSource(Relocated move) {
        ProviderId to = ProviderId.of(move.to());
        return row(to.key(), to.text(), account, ProviderId.key(move.from()));
    }

    private void create(List<Email> emails) {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        emails.forEach(email -> places.put(email.id(), email.mailboxIds()));
        each(UNPARK, emails, email -> row(account, ProviderId.key(email.id())));
        each(SAVE_EMAIL, emails, this::emailRow);
        new ConversationWriter(account, jdbc).place(emails);
        place(places);
    }

    private @Nullable Object[] emailRow(Email email) {
        ProviderId id = ProviderId.of(email.id());
        EmailContent content = EmailContent.of(email);
        return row(
                UUID.randomUUID(),
                account,
                id.key(),
                id.text(),
                email.threadId() == null
                        ? null
                        : StorableText.escaped(email.threadId().value()),
                keywords(email.keywords()),
                utc(email.receivedAt()),
                email.size(),
                sentAt(email.envelope()),
                email.envelope() == null
                        ? null
                        : StorableText.shown(email.envelope().subject()),
                !content.attachments().isEmpty(),
                json.write(content),
                email.fingerprint() == null ? null : email.fingerprint().value());
    }

    private void update(List<Updated> changes) {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        changes.forEach(change -> places.put(change.id(), change.mailboxIds()));
        each(MARK_EMAIL, changes, change -> row(keywords(change.keywords()), account, ProviderId.key(change.id())));
        place(places);
    }

    /** Puts emails into exactly these mailboxes; ids that are not there are passed over. */
    private void place(Map<EmailId, Set<MailboxId>> places) {
        Set<MailboxId> mentioned = new LinkedHashSet<>();
        places.values().forEach(mentioned::addAll);
        mention(mentioned);
        each(LEAVE_MAILBOXES, places.keySet(), id -> row(account, ProviderId.key(id)));
        each(
                ENTER_MAILBOXES,
                places.entrySet(),
                place -> row(account, ProviderId.key(place.getKey()), ProviderId.keys(place.getValue())));
    }

    private void destroy(List<EmailId> ids) {
        each(UNPARK, ids, id -> row(account, ProviderId.key(id)));
        each(DESTROY_EMAIL, ids, id -> row(account, ProviderId.key(id)));
    }

    private void park(List<ParkedEmail> emails) {
        each(PARK, emails, email -> {
            ProviderId id = ProviderId.of(email.id());
            return row(
                    account,
                    id.key(),
                    id.text(),
                    StorableText.shown(email.reason()),
                    email.tries(),
                    utc(email.retryAt()));
        });
    }

    private void drop(List<MailboxId> mailboxes) {
        each(DROP_MAILBOX, mailboxes, id -> row(account, ProviderId.of(id).key()));
        jdbc.update(FORGET_UNUSED_MAILBOXES, account);
    }

    private <T> void each(String sql, Collection<T> items, RowOf<T> rows) {
        if (!items.isEmpty()) {
            jdbc.batchUpdate(sql, items.stream().map(rows::of).toList());
        }
    }

    private static String[] keywords(Set<Keyword> keywords) {
        return keywords.stream().map(Keyword::value).sorted().toArray(String[]::new);
    }

    /** Senders write years that no database takes; such a date is as good as none. */
    private static @Nullable OffsetDateTime sentAt(@Nullable Envelope envelope) {
        Instant sentAt = envelope == null ? null : envelope.sentAt();
        return sentAt == null || sentAt.isBefore(EARLIEST) || sentAt.isAfter(LATEST) ? null : utc(sentAt);
    }

    private static OffsetDateTime utc(Instant instant) {
        Instant inside = instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
        return inside.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /** The arguments of one execution. */
    private interface RowOf<T> {
        @Nullable
        Object[] of(T item);
    }
}
