package dev.steadymail.server.drafts;

import dev.steadymail.mail.EmailId;
import dev.steadymail.server.mail.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table of drafts' names. Thread-safe. */
@Component
class DraftRows {
    private static final String OWN = " and organisation_id = current_organisation()";
    private static final String FIND = "select * from draft where id = ?" + OWN;
    private static final String FIND_BY_EMAIL = "select * from draft where account_id = ? and provider_key = ?" + OWN;
    private static final String ADD = """
            insert into draft (id, account_id, provider_key, provider_id, in_reply_to, saved_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (account_id, provider_key) do update
            set in_reply_to = coalesce(excluded.in_reply_to, draft.in_reply_to)
            """;
    private static final String CLAIM = """
            update draft set claimed_until = ?
            where id = ? and provider_key = ? and (claimed_until is null or claimed_until < ?)
            """ + OWN;
    private static final String RELEASE =
            "update draft set claimed_until = null where id = ? and provider_key = ?" + OWN;
    private static final String DROP_OTHER =
            "delete from draft where account_id = ? and provider_key = ? and id <> ?" + OWN;
    private static final String SAVED = """
            update draft set provider_key = ?, provider_id = ?, in_reply_to = ?, saved_at = ?, claimed_until = null
            where id = ?
            """ + OWN;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    DraftRows(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    SavedDraft require(UUID id) {
        return jdbc.query(FIND, (row, n) -> draft(row), id).stream()
                .findFirst()
                .orElseThrow(UnknownDraftException::new);
    }

    /** Gives an email in the mailbox of drafts a name, or returns the one that it has. */
    SavedDraft name(UUID account, EmailId email, @Nullable UUID inReplyTo, Instant savedAt) {
        byte[] key = SavedDraft.key(email);
        jdbc.update(ADD, UUID.randomUUID(), account, key, text(email), inReplyTo, utc(savedAt));
        return byEmail(account, key).orElseThrow(UnknownDraftException::new);
    }

    private Optional<SavedDraft> byEmail(UUID account, byte[] key) {
        return jdbc.query(FIND_BY_EMAIL, (row, n) -> draft(row), account, key).stream()
                .findFirst();
    }

    /** Keeps others from saving a draft; false where it has changed or somebody else is saving it. */
    boolean claim(SavedDraft draft, Instant now, Instant until) {
        return jdbc.update(CLAIM, utc(until), draft.id(), SavedDraft.key(draft.email()), utc(now)) == 1;
    }

    void release(SavedDraft draft) {
        jdbc.update(RELEASE, draft.id(), SavedDraft.key(draft.email()));
    }

    /** Leads a draft's name to what it is now, also where a list of drafts gave that another name meanwhile. */
    void saved(SavedDraft next) {
        byte[] key = SavedDraft.key(next.email());
        transactions.executeWithoutResult(transaction -> {
            jdbc.update(DROP_OTHER, next.account(), key, next.id());
            jdbc.update(SAVED, key, text(next.email()), next.inReplyTo(), utc(next.savedAt()), next.id());
        });
    }

    /** Forgets a draft unless it is another email by now. */
    void removeWhereSame(SavedDraft draft) {
        jdbc.update(
                "delete from draft where id = ? and provider_key = ?" + OWN, draft.id(), SavedDraft.key(draft.email()));
    }

    private static String text(EmailId email) {
        return StorableText.escaped(email.value());
    }

    private static SavedDraft draft(ResultSet row) throws SQLException {
        return new SavedDraft(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                new EmailId(StorableText.unescaped(row.getString("provider_id"))),
                row.getObject("in_reply_to", UUID.class),
                row.getObject("saved_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
