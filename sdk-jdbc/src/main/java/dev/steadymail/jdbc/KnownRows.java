package dev.steadymail.jdbc;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of an account, asked of the database each time. */
final class KnownRows implements KnownEmails {
    private static final int IDS_AT_ONCE = 500;
    private static final String FIND = "select " + EmailRow.COLUMNS + " from steadymail_email e"
            + EmailRow.WITH_MAILBOXES + " where e.account_id = ? and e.id_hash = ?";
    private static final String PRESENT = "select id_text from steadymail_email where account_id = ? and id_hash in ("
            + String.join(", ", Collections.nCopies(IDS_AT_ONCE, "?")) + ")";
    private static final String UNREAD = "select id_text from steadymail_parked where account_id = ?";
    private static final String MAILBOXES =
            "select id_text, path, role, selectable from steadymail_mailbox where account_id = ? and saved = 1";

    private final Database database;
    private final long account;

    KnownRows(Database database, long account) {
        this.database = database;
        this.account = account;
    }

    Optional<EmailRow> row(EmailId id) {
        return EmailRow.gather(
                        database.read(session -> session.list(FIND, EmailRow::read, account, SafeText.key(id.value()))))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<KnownEmail> find(EmailId id) {
        return row(id).map(EmailRow::known);
    }

    @Override
    public Set<EmailId> present(Collection<EmailId> ids) {
        List<EmailId> asked = List.copyOf(ids);
        Set<EmailId> present = new HashSet<>();
        for (int start = 0; start < asked.size(); start += IDS_AT_ONCE) {
            @Nullable Object[] values = values(asked, start);
            present.addAll(database.read(session -> session.list(PRESENT, KnownRows::emailId, values)));
        }
        return Collections.unmodifiableSet(present);
    }

    /** Places that are left repeat the first id, so that the statement is always the same. */
    private @Nullable Object[] values(List<EmailId> ids, int start) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(account);
        for (int i = 0; i < IDS_AT_ONCE; i++) {
            EmailId id = ids.get(start + i < ids.size() ? start + i : start);
            values.add(SafeText.key(id.value()));
        }
        return values.toArray();
    }

    @Override
    public Collection<KnownEmail> in(MailboxId mailbox) {
        return new PagedEmails<>(database, account, mailbox, EmailRow::known);
    }

    @Override
    public Collection<KnownEmail> all() {
        return new PagedEmails<>(database, account, null, EmailRow::known);
    }

    @Override
    public Collection<EmailId> unread() {
        return database.read(session -> session.list(UNREAD, KnownRows::emailId, account));
    }

    @Override
    public Collection<Mailbox> mailboxes() {
        return database.read(session -> session.list(MAILBOXES, KnownRows::mailbox, account));
    }

    static EmailId emailId(ResultSet row) throws SQLException {
        return new EmailId(SafeText.read(row.getString("id_text")));
    }

    private static Mailbox mailbox(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new Mailbox(
                new MailboxId(SafeText.read(row.getString("id_text"))),
                SafeText.readAll(row.getString("path")),
                role == null ? null : Role.valueOf(role),
                row.getInt("selectable") == 1);
    }
}
