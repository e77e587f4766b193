package dev.steadymail.jdbc;

import static dev.steadymail.jdbc.Session.row;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of one account in a database, for several processes at a time; made by {@link JdbcStores#outbox}. Every change is one
 * transaction, an entry changes by one conditional update of its version, and its content goes when its state is final. Memory does not
 * grow with messages or their lengths. Thread-safe.
 */
public final class JdbcOutboxStore implements OutboxStore {
    /** Octets of the longest message that is stored: 35 MiB, the most that Gmail takes. */
    public static final long MOST_OCTETS = 36_700_160;

    private static final int FIXED_COLUMNS = OutboxRow.FIXED.split(",", -1).length;
    private static final int CHANGING_COLUMNS = OutboxRow.CHANGING.split(",", -1).length;
    private static final String ADD =
            "insert into steadymail_outbox (account_id, key_hash, content_octets, " + OutboxRow.ALL
                    + ") values (" + marks(3 + FIXED_COLUMNS + CHANGING_COLUMNS)
                    + ") on conflict (account_id, key_hash) do nothing";
    private static final String FIND =
            "select " + OutboxRow.ALL + " from steadymail_outbox where account_id = ? and key_hash = ?";
    private static final String ID = "select id from steadymail_outbox where account_id = ? and key_hash = ?";
    private static final String REPLACE = "update steadymail_outbox set (" + OutboxRow.CHANGING + ") = ("
            + marks(CHANGING_COLUMNS) + ") where account_id = ? and key_hash = ? and version = ?";
    private static final String DROP_CONTENT = "delete from steadymail_content where outbox_id in (" + ID + ")";
    private static final String HAS_CONTENT = "select o.id, o.content_octets from steadymail_outbox o"
            + " join steadymail_content c on c.outbox_id = o.id and c.part = 0 where o.account_id = ? and o.key_hash = ?";
    private static final String NTH_LEFT = "select left_s, left_n from steadymail_outbox"
            + " where account_id = ? and left_s is not null order by left_s desc, left_n desc limit 1 offset ?";
    private static final String LIST = "select " + OutboxRow.ALL + " from steadymail_outbox where account_id = ?"
            + " order by created_s desc, created_n desc, key_hash limit ?";
    private static final String WAITING = "select count(*) from steadymail_outbox where account_id = ? and settled = 0";
    private static final String OLD = " account_id = ? and settled = 1 and (changed_s, changed_n) < (?, ?)";
    private static final String FORGET_CONTENT =
            "delete from steadymail_content where outbox_id in (select id from steadymail_outbox where" + OLD + ")";
    private static final String FORGET = "delete from steadymail_outbox where" + OLD;

    private final Database database;
    private final long account;

    JdbcOutboxStore(Database database, long account) {
        this.database = database;
        this.account = account;
    }

    /**
     * {@inheritDoc}
     *
     * @throws MailException TOO_LARGE for a message of more than {@link #MOST_OCTETS}
     */
    @Override
    public Optional<OutboxEntry> add(OutboxEntry entry, RawContent content) {
        if (content.size() > MOST_OCTETS) {
            throw MailException.of(
                    Kind.TOO_LARGE,
                    "a message in this outbox has at most " + MOST_OCTETS + " octets; send a link to what is large");
        }
        List<@Nullable Object> values = new ArrayList<>(List.of(account, SafeText.key(entry.key()), content.size()));
        values.addAll(OutboxRow.fixed(entry.message()));
        values.addAll(OutboxRow.changing(entry));
        return database.write(session -> {
            if (session.update(ADD, values.toArray()) == 0) {
                return Optional.of(existing(session, entry.key()));
            }
            JdbcStores.requireAccount(session, account);
            if (!entry.state().isFinal() || !entry.isSettled()) {
                ContentTable.write(session, session.number(ID, account, SafeText.key(entry.key())), content);
            }
            return Optional.empty();
        });
    }

    /** What made the key taken may be gone again; then everything is tried anew. */
    private OutboxEntry existing(Session session, String key) throws SQLException {
        return session.first(FIND, OutboxRow::read, account, SafeText.key(key))
                .orElseThrow(() -> new SQLTransactionRollbackException("the key was taken and is free again"));
    }

    @Override
    public Optional<OutboxEntry> find(String key) {
        return database.read(session -> session.first(FIND, OutboxRow::read, account, SafeText.key(key)));
    }

    @Override
    public RawContent content(OutboxEntry entry) {
        return database.<Optional<RawContent>>read(session -> session.first(
                        HAS_CONTENT,
                        row -> new StoredContent(database, row.getLong(1), row.getLong(2)),
                        account,
                        SafeText.key(entry.key())))
                .orElseThrow(() -> MailException.of(
                        Kind.STORAGE,
                        "the message's content was dropped when its state was final; send it as a new one"));
    }

    @Override
    public boolean replace(OutboxEntry next) {
        byte[] key = SafeText.key(next.key());
        List<@Nullable Object> values = OutboxRow.changing(next);
        Collections.addAll(values, row(account, key, next.version() - 1));
        return database.write(session -> {
            boolean replaced = session.update(REPLACE, values.toArray()) == 1;
            if (replaced && next.state().isFinal() && next.isSettled()) {
                session.update(DROP_CONTENT, account, key);
            }
            return replaced;
        });
    }

    @Override
    public List<OutboxEntry> due(Set<OutboxState> states, Instant until, int most) {
        if (states.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> values = accountAndNames(states);
        Collections.addAll(values, row(until.getEpochSecond(), until.getNano(), most));
        String sql = "select " + OutboxRow.ALL + " from steadymail_outbox where account_id = ? and state in ("
                + marks(states.size()) + ") and due_s is not null and (due_s, due_n) <= (?, ?)"
                + " order by due_s, due_n, key_hash limit ?";
        return database.read(session -> session.list(sql, OutboxRow::read, values.toArray()));
    }

    @Override
    public Optional<Instant> nextDue(Set<OutboxState> states) {
        if (states.isEmpty()) {
            return Optional.empty();
        }
        String sql = "select due_s, due_n from steadymail_outbox where account_id = ? and state in ("
                + marks(states.size()) + ") and due_s is not null order by due_s, due_n limit 1";
        return database.read(session -> session.first(
                sql,
                row -> OutboxRow.required(row, "due"),
                accountAndNames(states).toArray()));
    }

    private List<@Nullable Object> accountAndNames(Set<OutboxState> states) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(account);
        states.forEach(state -> values.add(state.name()));
        return values;
    }

    @Override
    public Optional<Instant> left(int nth) {
        return database.read(
                session -> session.first(NTH_LEFT, row -> OutboxRow.required(row, "left"), account, nth - 1));
    }

    @Override
    public List<OutboxEntry> list(int most) {
        return database.read(session -> session.list(LIST, OutboxRow::read, account, most));
    }

    @Override
    public int waiting() {
        return Math.toIntExact(database.read(session -> session.number(WAITING, account)));
    }

    @Override
    public int forget(Instant settledBefore) {
        @Nullable Object[] values = row(account, settledBefore.getEpochSecond(), settledBefore.getNano());
        return database.write(session -> {
            session.update(FORGET_CONTENT, values);
            return session.update(FORGET, values);
        });
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
