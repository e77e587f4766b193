package dev.steadymail.server.mail;

import dev.steadymail.mail.EmailId;
import dev.steadymail.server.mail.EmailContent.Address;
import dev.steadymail.server.web.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads mailboxes and emails from the database. Thread-safe. */
@Component
public class StoredMail {
    private static final String MAILBOXES = """
            select m.id, m.path, m.role, m.selectable, count(e.id) as total,
                   count(e.id) filter (where not '$seen' = any (e.keywords)) as unseen
            from mailbox m
            left join email_mailbox i on i.mailbox_id = m.id
            left join email e on e.id = i.email_id
            where m.account_id = :account and m.saved
            group by m.id
            order by m.path
            """;
    private static final String COLUMNS = """
            select e.id, e.account_id, e.thread_id, e.keywords, e.received_at, e.sent_at, e.size, e.subject,
                   e.has_attachment,
                   array(select i.mailbox_id from email_mailbox i where i.email_id = e.id
                         order by i.mailbox_id) as mailboxes
            """;
    /** Not the content, which for a page of emails would be too much. */
    static final String LISTED = COLUMNS + """
            , jsonb_path_query_array(e.content, '$.from[0 to 9]') as first_from
            , jsonb_path_query_array(e.content, '$.to[0 to 9]') as first_to
            from email e
            """;

    private static final String ONE = COLUMNS + ", e.provider_id, e.content from email e where e.id = :id";
    private static final String OF_ACCOUNT = """
            where e.account_id = :account and (e.received_at, e.id) < (:at, :id)
            order by e.received_at desc, e.id desc limit :limit
            """;
    private static final String OF_MAILBOX = """
            join email_mailbox x on x.email_id = e.id
            where x.mailbox_id = :mailbox and (x.received_at, x.email_id) < (:at, :id)
            order by x.received_at desc, x.email_id desc limit :limit
            """;

    private static final String SOME =
            LISTED + "where e.id = any (:ids) and e.organisation_id = current_organisation()";

    /** Before every email, newest first. */
    static final EmailCursor TOP = new EmailCursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    private final JdbcClient database;
    private final ContentJson json;

    StoredMail(JdbcClient database, ContentJson json) {
        this.database = database;
        this.json = json;
    }

    /** Returns the mailboxes of an account, by their path. */
    public List<MailboxView> mailboxes(UUID account) {
        return database.sql(MAILBOXES)
                .param("account", account)
                .query((row, n) -> mailbox(row))
                .list();
    }

    boolean hasMailbox(UUID account, UUID mailbox) {
        return database.sql("select 1 from mailbox where id = :mailbox and account_id = :account")
                .param("mailbox", mailbox)
                .param("account", account)
                .query()
                .optionalValue()
                .isPresent();
    }

    /**
     * Returns one page, newest first.
     *
     * @param mailbox only emails in this mailbox of the account; null for all
     * @param after where the page before ended; null for the first page
     */
    Items<EmailSummary> emails(UUID account, @Nullable UUID mailbox, @Nullable EmailCursor after, int limit) {
        EmailCursor from = after == null ? TOP : after;
        List<EmailSummary> found = database.sql(LISTED + (mailbox == null ? OF_ACCOUNT : OF_MAILBOX))
                .param("account", account)
                .param("mailbox", mailbox)
                .param("at", from.receivedAt().atOffset(ZoneOffset.UTC))
                .param("id", from.email())
                .param("limit", limit + 1)
                .query((row, n) -> summary(row))
                .list();
        return page(found, limit);
    }

    /** Returns those of these emails that are there, as a list shows them, in no order. */
    public List<EmailSummary> summaries(Collection<UUID> ids) {
        return database.sql(SOME)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> summary(row))
                .list();
    }

    /**
     * Returns an email.
     *
     * @throws UnknownMailException where there is none
     */
    StoredEmail email(UUID id) {
        return database.sql(ONE)
                .param("id", id)
                .query((row, n) -> stored(row))
                .optional()
                .orElseThrow(() -> new UnknownMailException("email"));
    }

    /**
     * Returns an email as a list shows it.
     *
     * @throws UnknownMailException where there is none
     */
    public EmailSummary summary(UUID id) {
        return email(id).summary();
    }

    static Items<EmailSummary> page(List<EmailSummary> found, int limit) {
        if (found.size() <= limit) {
            return Items.all(found);
        }
        EmailSummary last = found.get(limit - 1);
        return new Items<>(found.subList(0, limit), new EmailCursor(last.receivedAt(), last.id()).text());
    }

    private StoredEmail stored(ResultSet row) throws SQLException {
        EmailContent content = json.read(row.getString("content"));
        EmailId id = new EmailId(StorableText.unescaped(row.getString("provider_id")));
        return new StoredEmail(id, summary(row, content.from(), content.to()), content);
    }

    /** Reads a row that {@link #LISTED} brought. */
    EmailSummary summary(ResultSet row) throws SQLException {
        List<Address> from = json.readAddresses(row.getString("first_from"));
        return summary(row, from, json.readAddresses(row.getString("first_to")));
    }

    private static EmailSummary summary(ResultSet row, List<Address> from, List<Address> to) throws SQLException {
        String threadId = row.getString("thread_id");
        OffsetDateTime sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new EmailSummary(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                threadId == null ? null : StorableText.readable(threadId),
                Arrays.asList((UUID[]) row.getArray("mailboxes").getArray()),
                Arrays.asList((String[]) row.getArray("keywords").getArray()),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                sentAt == null ? null : sentAt.toInstant(),
                row.getLong("size"),
                row.getString("subject"),
                from,
                to,
                row.getBoolean("has_attachment"));
    }

    private static MailboxView mailbox(ResultSet row) throws SQLException {
        List<String> path = Arrays.stream((String[]) row.getArray("path").getArray())
                .map(StorableText::readable)
                .toList();
        String role = row.getString("role");
        return new MailboxView(
                row.getObject("id", UUID.class),
                String.join("/", path),
                path,
                role == null ? null : role.toLowerCase(Locale.ROOT),
                row.getBoolean("selectable"),
                row.getLong("total"),
                row.getLong("unseen"));
    }

    /**
     * An email with what only its detail shows.
     *
     * @param providerId under which the provider knows it now
     */
    record StoredEmail(EmailId providerId, EmailSummary summary, EmailContent content) {}
}
