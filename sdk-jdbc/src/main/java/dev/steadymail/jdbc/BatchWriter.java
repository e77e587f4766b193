package dev.steadymail.jdbc;

import static dev.steadymail.jdbc.Session.row;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of an account inside a transaction, stage by stage as {@link SyncBatch} orders them. A stage is a few JDBC batches,
 * whatever the number of changes. No id occurs twice in a JDBC batch that inserts, as drivers may make one statement of it.
 */
final class BatchWriter {
    private static final String SAVE_MAILBOX = """
            insert into steadymail_mailbox (account_id, id_hash, id_text, path, role, selectable, saved)
            values (?, ?, ?, ?, ?, ?, 1)
            on conflict (account_id, id_hash) do update
            set path = excluded.path, role = excluded.role, selectable = excluded.selectable, saved = 1
            """;
    private static final String MENTION_MAILBOX = """
            insert into steadymail_mailbox (account_id, id_hash, id_text, path, role, selectable, saved)
            values (?, ?, ?, '', null, 1, 0)
            on conflict (account_id, id_hash) do nothing
            """;
    private static final String DROP_MAILBOX =
            "update steadymail_mailbox set saved = 0 where account_id = ? and id_hash = ?";
    private static final String FORGET_UNUSED_MAILBOXES = """
            delete from steadymail_mailbox where account_id = ? and saved = 0 and not exists (
            select 1 from steadymail_place p where p.account_id = steadymail_mailbox.account_id
            and p.mailbox_id = steadymail_mailbox.id)
            """;
    private static final String CLEAR_TARGET_PLACES = """
            delete from steadymail_place where account_id = ? and email_number in (
            select number from steadymail_email where account_id = ? and id_hash = ?)
            and exists (select 1 from steadymail_email where account_id = ? and id_hash = ?)
            """;
    private static final String CLEAR_TARGET = """
            delete from steadymail_email where account_id = ? and id_hash = ?
            and exists (select 1 from steadymail_email moved where moved.account_id = ? and moved.id_hash = ?)
            """;
    private static final String MOVE_EMAIL =
            "update steadymail_email set id_hash = ?, id_text = ? where account_id = ? and id_hash = ?";
    private static final String CLEAR_PARKED_TARGET = """
            delete from steadymail_parked where account_id = ? and id_hash = ?
            and exists (select 1 from steadymail_parked moved where moved.account_id = ? and moved.id_hash = ?)
            """;
    private static final String MOVE_PARKED =
            "update steadymail_parked set id_hash = ?, id_text = ? where account_id = ? and id_hash = ?";
    private static final String SAVE_EMAIL = """
            insert into steadymail_email (account_id, number, id_hash, id_text, thread_id, blob_id, keywords,
                                          received_s, received_n, size, fingerprint, ancestry)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, id_hash) do update
            set thread_id = excluded.thread_id, blob_id = excluded.blob_id, keywords = excluded.keywords,
                received_s = excluded.received_s, received_n = excluded.received_n, size = excluded.size,
                fingerprint = excluded.fingerprint, ancestry = excluded.ancestry
            """;
    private static final String MARK_EMAIL =
            "update steadymail_email set keywords = ? where account_id = ? and id_hash = ?";
    private static final String LEAVE_MAILBOXES = """
            delete from steadymail_place where account_id = ? and email_number in (
            select number from steadymail_email where account_id = ? and id_hash = ?)
            """;
    private static final String ENTER_MAILBOX = """
            insert into steadymail_place (account_id, mailbox_id, email_number)
            select e.account_id, m.id, e.number from steadymail_email e
            join steadymail_mailbox m on m.account_id = e.account_id
            where e.account_id = ? and e.id_hash = ? and m.id_hash = ?
            """;
    private static final String DESTROY_EMAIL = "delete from steadymail_email where account_id = ? and id_hash = ?";
    private static final String PARK = """
            insert into steadymail_parked (account_id, id_hash, id_text, reason, tries, retry_ms) values (?, ?, ?, ?, ?, ?)
            on conflict (account_id, id_hash) do update
            set reason = excluded.reason, tries = excluded.tries, retry_ms = excluded.retry_ms
            """;
    private static final String UNPARK = "delete from steadymail_parked where account_id = ? and id_hash = ?";

    private final Session session;
    private final long account;
    private long lastNumber;

    /**
     * Writes for a session whose transaction holds the account's row.
     *
     * @param lastNumber the last number that no email will get but by this batch
     */
    BatchWriter(Session session, long account, long lastNumber) {
        this.session = session;
        this.account = account;
        this.lastNumber = lastNumber;
    }

    void write(SyncBatch batch) throws SQLException {
        save(last(batch.mailboxesSaved(), Mailbox::id));
        for (List<Relocated> group : DisjointMoves.of(batch.relocated())) {
            relocate(group);
        }
        create(last(batch.created(), Email::id));
        update(last(batch.updated(), Updated::id));
        destroy(batch.destroyed());
        park(last(batch.parked(), ParkedEmail::id));
        drop(batch.mailboxesGone());
    }

    /** Returns of each id what is said last, which is what counts. */
    private static <K, T> Collection<T> last(List<T> items, Function<T, K> id) {
        Map<K, T> last = new LinkedHashMap<>();
        items.forEach(item -> last.put(id.apply(item), item));
        return last.values();
    }

    private void save(Collection<Mailbox> mailboxes) throws SQLException {
        session.each(
                SAVE_MAILBOX,
                mailboxes,
                mailbox -> row(
                        account,
                        key(mailbox.id()),
                        SafeText.write(mailbox.id().value()),
                        SafeText.writeAll(mailbox.path()),
                        mailbox.role() == null ? null : mailbox.role().name(),
                        mailbox.selectable() ? 1 : 0));
    }

    /** Mailboxes come first, under the id before: an email that is not known must not change the one that has its new id. */
    private void relocate(List<Relocated> moves) throws SQLException {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        moves.forEach(move -> places.put(move.from(), move.mailboxIds()));
        place(places);
        List<Relocated> renamed =
                moves.stream().filter(move -> !move.from().equals(move.to())).toList();
        session.each(CLEAR_PARKED_TARGET, renamed, this::targetThenSource);
        session.each(MOVE_PARKED, renamed, this::targetFromSource);
        session.each(
                CLEAR_TARGET_PLACES, renamed, move -> row(account, account, key(move.to()), account, key(move.from())));
        session.each(CLEAR_TARGET, renamed, this::targetThenSource);
        session.each(MOVE_EMAIL, renamed, this::targetFromSource);
    }

    private @Nullable Object[] targetThenSource(Relocated move) {
        return row(account, key(move.to()), account, key(move.from()));
    }

    private @Nullable Object[] targetFromSource(Relocated move) {
        return row(key(move.to()), SafeText.write(move.to().value()), account, key(move.from()));
    }

    private void create(Collection<Email> emails) throws SQLException {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        emails.forEach(email -> places.put(email.id(), email.mailboxIds()));
        session.each(UNPARK, emails, email -> row(account, key(email.id())));
        session.each(SAVE_EMAIL, emails, this::emailRow);
        place(places);
    }

    /** A number is used up even where the email has one already; numbers only need to differ. */
    private @Nullable Object[] emailRow(Email email) {
        ThreadId thread = email.threadId();
        BlobId blob = email.blobId();
        Fingerprint fingerprint = email.fingerprint();
        Ancestry ancestry = email.ancestry();
        Instant received = email.receivedAt();
        return row(
                account,
                ++lastNumber,
                key(email.id()),
                SafeText.write(email.id().value()),
                thread == null ? null : SafeText.write(thread.value()),
                blob == null ? null : SafeText.write(blob.value()),
                EmailRow.keywords(email.keywords()),
                received.getEpochSecond(),
                received.getNano(),
                email.size(),
                fingerprint == null ? null : SafeText.write(fingerprint.value()),
                ancestry == null ? null : ancestry.text());
    }

    private void update(Collection<Updated> changes) throws SQLException {
        Map<EmailId, Set<MailboxId>> places = new LinkedHashMap<>();
        changes.forEach(change -> places.put(change.id(), change.mailboxIds()));
        session.each(
                MARK_EMAIL, changes, change -> row(EmailRow.keywords(change.keywords()), account, key(change.id())));
        place(places);
    }

    /** Puts emails into exactly these mailboxes, which need not be saved yet or any more; ids that are not there are passed over. */
    private void place(Map<EmailId, Set<MailboxId>> places) throws SQLException {
        Set<MailboxId> mentioned = new LinkedHashSet<>();
        places.values().forEach(mentioned::addAll);
        session.each(MENTION_MAILBOX, mentioned, id -> row(account, key(id), SafeText.write(id.value())));
        session.each(LEAVE_MAILBOXES, places.keySet(), id -> row(account, account, key(id)));
        List<Place> entered = places.entrySet().stream()
                .flatMap(place -> place.getValue().stream().map(mailbox -> new Place(place.getKey(), mailbox)))
                .toList();
        session.each(ENTER_MAILBOX, entered, place -> row(account, key(place.email), key(place.mailbox)));
    }

    private void destroy(List<EmailId> ids) throws SQLException {
        session.each(UNPARK, ids, id -> row(account, key(id)));
        session.each(LEAVE_MAILBOXES, ids, id -> row(account, account, key(id)));
        session.each(DESTROY_EMAIL, ids, id -> row(account, key(id)));
    }

    private void park(Collection<ParkedEmail> emails) throws SQLException {
        session.each(
                PARK,
                emails,
                email -> row(
                        account,
                        key(email.id()),
                        SafeText.write(email.id().value()),
                        SafeText.write(email.reason()),
                        email.tries(),
                        email.retryAt().toEpochMilli()));
    }

    private void drop(List<MailboxId> mailboxes) throws SQLException {
        session.each(DROP_MAILBOX, mailboxes, id -> row(account, key(id)));
        session.update(FORGET_UNUSED_MAILBOXES, account);
    }

    private static byte[] key(EmailId id) {
        return SafeText.key(id.value());
    }

    private static byte[] key(MailboxId id) {
        return SafeText.key(id.value());
    }

    private record Place(EmailId email, MailboxId mailbox) {}
}
