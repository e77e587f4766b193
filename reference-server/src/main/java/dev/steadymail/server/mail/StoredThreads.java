package dev.steadymail.server.mail;

import dev.steadymail.server.mail.EmailContent.Address;
import dev.steadymail.server.web.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads threads from the database, each page with one statement. Thread-safe. */
@Component
class StoredThreads {
    private static final int MOST_PARTICIPANTS = 10;

    /** Walks emails from the newest on and passes over those that have a newer one in their thread, so that a page reads little more. */
    private static final String PAGE =
            """
            with page as (%s
                where e.account_id = :account and e.organisation_id = current_organisation()
                  and (e.received_at, e.id) < (:at, :id)
                  and not exists (select 1 from email newer
                      where newer.account_id = e.account_id and newer.conversation_id = e.conversation_id
                        and (newer.received_at, newer.id) > (e.received_at, e.id))
                order by e.received_at desc, e.id desc limit :limit)
            select page.*, counted.emails, counted.unread, written.authors
            from page
            cross join lateral (
                select count(*) as emails, count(*) filter (where not '$seen' = any (c.keywords)) as unread
                from email c where c.account_id = :account and c.conversation_id = page.conversation_id) counted
            cross join lateral (
                select jsonb_agg(author) as authors from (
                    select c.content from email c
                    where c.account_id = :account and c.conversation_id = page.conversation_id
                    order by c.received_at desc, c.id desc limit 20) recent
                cross join jsonb_path_query(recent.content, '$.from[0 to 2]') author) written
            order by page.received_at desc, page.id desc
            """.formatted(StoredMail.LISTED.replaceFirst("from email e", ", e.conversation_id from email e"));

    private static final String EMAILS = StoredMail.LISTED + """
            where e.account_id = :account and e.conversation_id = :thread and e.organisation_id = current_organisation()
              and (e.received_at, e.id) < (:at, :id)
            order by e.received_at desc, e.id desc limit :limit
            """;

    private final JdbcClient database;
    private final StoredMail mail;
    private final ContentJson json;

    StoredThreads(JdbcClient database, StoredMail mail, ContentJson json) {
        this.database = database;
        this.mail = mail;
        this.json = json;
    }

    /**
     * Returns one page of an account's threads, that with the newest email first.
     *
     * @param after where the page before ended; null for the first page
     */
    Items<ThreadSummary> threads(UUID account, @Nullable EmailCursor after, int limit) {
        EmailCursor from = after == null ? StoredMail.TOP : after;
        List<ThreadSummary> found = database.sql(PAGE)
                .param("account", account)
                .param("at", from.receivedAt().atOffset(ZoneOffset.UTC))
                .param("id", from.email())
                .param("limit", limit + 1)
                .query((row, n) -> thread(row))
                .list();
        if (found.size() <= limit) {
            return Items.all(found);
        }
        EmailSummary last = found.get(limit - 1).latest();
        return new Items<>(found.subList(0, limit), new EmailCursor(last.receivedAt(), last.id()).text());
    }

    /**
     * Returns one page of a thread's emails, newest first; none where there is no such thread.
     *
     * @param after where the page before ended; null for the first page
     */
    Items<EmailSummary> emails(UUID account, UUID thread, @Nullable EmailCursor after, int limit) {
        EmailCursor from = after == null ? StoredMail.TOP : after;
        return StoredMail.page(
                database.sql(EMAILS)
                        .param("account", account)
                        .param("thread", thread)
                        .param("at", from.receivedAt().atOffset(ZoneOffset.UTC))
                        .param("id", from.email())
                        .param("limit", limit + 1)
                        .query((row, n) -> mail.summary(row))
                        .list(),
                limit);
    }

    private ThreadSummary thread(ResultSet row) throws SQLException {
        String authors = row.getString("authors");
        return new ThreadSummary(
                row.getObject("conversation_id", UUID.class),
                row.getLong("emails"),
                row.getLong("unread"),
                authors == null ? List.of() : participants(json.readAddresses(authors)),
                mail.summary(row));
    }

    /** Each address once, with the name that it was written with last. */
    private static List<Address> participants(List<Address> authors) {
        Map<String, Address> once = new LinkedHashMap<>();
        authors.forEach(author -> once.putIfAbsent(author.address().toLowerCase(Locale.ROOT), author));
        return once.values().stream().limit(MOST_PARTICIPANTS).toList();
    }
}
