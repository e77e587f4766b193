package dev.steadymail.server.sync;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.server.mail.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is stored of one account, read anew with every question. */
final class KnownRows implements KnownEmails {
    private static final String EMAIL = """
            select e.provider_id, e.keywords, e.received_at, e.size,
                   array(select m.provider_id from email_mailbox i join mailbox m on m.id = i.mailbox_id
                         where i.email_id = e.id),
                   e.fingerprint
            from email e
            """;
    private static final String ONE = EMAIL + "where e.account_id = ? and e.provider_key = ?";
    private static final String ALL = EMAIL + "where e.account_id = ?";
    private static final String IN_MAILBOX = EMAIL + """
            join email_mailbox x on x.email_id = e.id
            join mailbox box on box.id = x.mailbox_id
            where box.account_id = ? and box.provider_key = ?
            """;

    private final UUID account;
    private final JdbcTemplate jdbc;

    KnownRows(UUID account, JdbcTemplate jdbc) {
        this.account = account;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<KnownEmail> find(EmailId id) {
        return emails(ONE, account, ProviderId.key(id)).stream().findFirst();
    }

    @Override
    public Set<EmailId> present(Collection<EmailId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        byte[][] keys = ids.stream().map(ProviderId::key).toArray(byte[][]::new);
        return Set.copyOf(PostgresSyncStore.stored(() -> jdbc.query(
                "select provider_id from email where account_id = ? and provider_key = any (?)",
                (row, n) -> ProviderId.email(row.getString(1)),
                account,
                keys)));
    }

    @Override
    public Collection<KnownEmail> in(MailboxId mailbox) {
        return emails(IN_MAILBOX, account, ProviderId.of(mailbox).key());
    }

    @Override
    public Collection<KnownEmail> all() {
        return emails(ALL, account);
    }

    @Override
    public Collection<EmailId> unread() {
        return PostgresSyncStore.stored(() -> jdbc.query(
                "select provider_id from parked_email where account_id = ?",
                (row, n) -> ProviderId.email(row.getString(1)),
                account));
    }

    @Override
    public Collection<Mailbox> mailboxes() {
        return PostgresSyncStore.stored(() -> jdbc.query(
                "select provider_id, path, role, selectable from mailbox where account_id = ? and saved",
                (row, n) -> mailbox(row),
                account));
    }

    private List<KnownEmail> emails(String sql, Object... arguments) {
        return PostgresSyncStore.stored(() -> jdbc.query(sql, (row, n) -> email(row), arguments));
    }

    private static KnownEmail email(ResultSet row) throws SQLException {
        return new KnownEmail(
                ProviderId.email(row.getString(1)),
                texts(row, 5).map(ProviderId::mailbox).collect(toUnmodifiableSet()),
                texts(row, 2).map(Keyword::new).collect(toUnmodifiableSet()),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getLong(4),
                fingerprint(row.getString(6)));
    }

    private static @Nullable Fingerprint fingerprint(@Nullable String text) {
        return text == null ? null : new Fingerprint(text);
    }

    private static Mailbox mailbox(ResultSet row) throws SQLException {
        return new Mailbox(
                ProviderId.mailbox(row.getString(1)),
                texts(row, 2).map(StorableText::unescaped).toList(),
                role(row.getString(3)),
                row.getBoolean(4));
    }

    private static @Nullable Role role(@Nullable String name) {
        return name == null ? null : Role.valueOf(name);
    }

    private static Stream<String> texts(ResultSet row, int column) throws SQLException {
        return Arrays.stream((String[]) row.getArray(column).getArray());
    }
}
