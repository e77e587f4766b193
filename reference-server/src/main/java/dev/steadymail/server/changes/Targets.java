package dev.steadymail.server.changes;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.server.changes.AccountMailboxes.StoredMailbox;
import dev.steadymail.server.mail.StorableText;
import dev.steadymail.server.mail.UnknownMailException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is to be changed from the database. Thread-safe. */
@Component
class Targets {
    private static final String EMAILS = """
            select e.id, e.account_id, e.provider_id, e.keywords,
                   array(select i.mailbox_id from email_mailbox i where i.email_id = e.id) as mailboxes
            from email e
            where e.id = any (:ids) and e.organisation_id = current_organisation()
            """;
    private static final String MAILBOXES = """
            select m.id, m.account_id, m.provider_id, m.path, m.role, m.selectable, m.saved from mailbox m
            where m.organisation_id = current_organisation()
            """;

    private final JdbcClient database;

    Targets(JdbcClient database) {
        this.database = database;
    }

    /** Returns emails in no particular order; those that are not there, or another organisation's, are left out. */
    List<Target> find(Collection<UUID> ids) {
        return database.sql(EMAILS)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> target(row))
                .list();
    }

    /**
     * Returns an email.
     *
     * @throws UnknownMailException where there is none
     */
    Target require(UUID id) {
        return find(List.of(id)).stream().findFirst().orElseThrow(() -> new UnknownMailException("email"));
    }

    AccountMailboxes mailboxes(UUID account) {
        return new AccountMailboxes(database.sql(MAILBOXES + "and m.account_id = :account")
                .param("account", account)
                .query((row, n) -> mailbox(row))
                .list());
    }

    /**
     * Returns a mailbox that is there.
     *
     * @throws UnknownMailException where there is none
     */
    StoredMailbox mailbox(UUID id) {
        return database.sql(MAILBOXES + "and m.saved and m.id = :id")
                .param("id", id)
                .query((row, n) -> mailbox(row))
                .optional()
                .orElseThrow(() -> new UnknownMailException("mailbox"));
    }

    /** Returns what the provider calls the emails in a mailbox. */
    List<EmailId> in(UUID mailbox) {
        return database.sql("""
                        select e.provider_id from email e join email_mailbox i on i.email_id = e.id
                        where i.mailbox_id = :mailbox and e.organisation_id = current_organisation()
                        """)
                .param("mailbox", mailbox)
                .query((row, n) -> new EmailId(StorableText.unescaped(row.getString(1))))
                .list();
    }

    private static Target target(ResultSet row) throws SQLException {
        return new Target(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                new EmailId(StorableText.unescaped(row.getString("provider_id"))),
                List.of((String[]) row.getArray("keywords").getArray()),
                Set.of((UUID[]) row.getArray("mailboxes").getArray()));
    }

    private static StoredMailbox mailbox(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new StoredMailbox(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                new MailboxId(StorableText.unescaped(row.getString("provider_id"))),
                Arrays.stream((String[]) row.getArray("path").getArray())
                        .map(StorableText::unescaped)
                        .toList(),
                role == null ? null : Role.valueOf(role),
                row.getBoolean("selectable"),
                row.getBoolean("saved"));
    }
}
