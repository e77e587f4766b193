package dev.steadymail.server.search;

import dev.steadymail.MailRuntime;
import dev.steadymail.MailView;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.mail.StorableText;
import dev.steadymail.server.search.Condition.Before;
import dev.steadymail.server.search.Condition.Has;
import dev.steadymail.server.search.Condition.In;
import dev.steadymail.server.search.Condition.InMailbox;
import dev.steadymail.server.search.Condition.Marked;
import dev.steadymail.server.search.Condition.Not;
import dev.steadymail.server.search.Condition.Since;
import dev.steadymail.server.search.StoredSearch.Page;
import dev.steadymail.server.search.StoredSearch.StoredHit;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Searches at the provider, which knows the text of every email, and shows what is stored of what it finds. What a provider cannot be asked
 * is asked of the stored rows. Thread-safe.
 */
@Component
class ProviderSearch {
    private static final int MOST_HITS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MAILBOX = """
            select provider_id from mailbox m where m.account_id = :account and m.id = :mailbox
            and m.organisation_id = current_organisation()
            """;
    private static final String NAMED_MAILBOX = """
            select provider_id from mailbox m where m.account_id = :account and m.saved and m.selectable
            and m.organisation_id = current_organisation()
            and (lower(array_to_string(m.path, '/')) = lower(:name) or lower(m.path[cardinality(m.path)]) = lower(:name)
                 or lower(m.role) = lower(:name))
            order by m.path limit 1
            """;
    private static final String STORED = """
            select e.id, e.received_at
            from unnest(cast(:ids as text[])) with ordinality found (provider_id, place)
            join email e on e.provider_key = sha256(convert_to(found.provider_id, 'UTF8'))
            where e.account_id = :account and e.organisation_id = current_organisation()""";

    private final AccountClients clients;
    private final MailRuntime runtime;
    private final JdbcClient database;

    ProviderSearch(AccountClients clients, MailRuntime runtime, JdbcClient database) {
        this.clients = clients;
        this.runtime = runtime;
        this.database = database;
    }

    /**
     * Returns the newest emails that the provider finds, and that are stored.
     *
     * @throws SearchException where the provider cannot be asked this
     * @throws dev.steadymail.mail.MailException where it does not answer, within 10 seconds
     */
    Page search(UUID account, Wanted wanted, int limit) {
        Optional<EmailQuery> query = query(account, wanted);
        if (query.isEmpty()) {
            return new Page(Engine.PROVIDER, List.of(), null, 0, false);
        }
        MailView view = clients.of(account).with(new Call(runtime.time().deadline(PATIENCE)));
        List<String> ids =
                view
                        .emails()
                        .query(query.get().limit(MOST_HITS).pageSize(MOST_HITS).fetch(FetchLevel.STATE))
                        .stream()
                        .map(Email::id)
                        .map(id -> StorableText.escaped(id.value()))
                        .toList();
        List<StoredHit> hits = stored(account, ids, wanted.conditions());
        List<StoredHit> shown = hits.subList(0, Math.min(limit, hits.size()));
        return new Page(Engine.PROVIDER, shown, null, hits.size(), ids.size() == MOST_HITS);
    }

    private List<StoredHit> stored(UUID account, List<String> ids, List<Condition> conditions) {
        SearchSql sql = new SearchSql();
        List<Condition> checked =
                conditions.stream().filter(each -> !(each instanceof Has)).toList();
        return database.sql(STORED + sql.conditions(checked) + "\norder by found.place")
                .params(sql.parameters())
                .param("ids", ids.toArray(String[]::new))
                .param("account", account)
                .query((row, n) -> new StoredHit(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        0,
                        null))
                .list();
    }

    /** Returns what to ask; empty where there is no such mailbox, and so nothing in it. */
    private Optional<EmailQuery> query(UUID account, Wanted wanted) {
        EmailQuery query = EmailQuery.everywhere();
        for (Condition condition : wanted.conditions()) {
            if (condition instanceof In || condition instanceof InMailbox) {
                Optional<MailboxId> mailbox = mailbox(account, condition);
                if (mailbox.isEmpty()) {
                    return Optional.empty();
                }
                query = query.resolvedTo(mailbox.get());
            } else {
                query = with(query, condition);
            }
        }
        for (List<Term> group : wanted.words()) {
            query = query.text(only(group));
        }
        return Optional.of(query);
    }

    private static String only(List<Term> group) {
        if (group.size() > 1 || group.get(0).excluded()) {
            throw SearchException.unsupported(
                    "engine=provider takes words that all have to be there; leave OR and -word out, or leave engine out");
        }
        return group.get(0).text();
    }

    private static EmailQuery with(EmailQuery query, Condition condition) {
        if (condition instanceof Has has) {
            return query.matching(
                    switch (has.field()) {
                        case FROM -> TextField.FROM;
                        case TO -> TextField.TO;
                        case SUBJECT -> TextField.SUBJECT;
                    },
                    has.text());
        }
        if (condition instanceof Since since) {
            return query.receivedSince(since.instant());
        }
        if (condition instanceof Before before) {
            return query.receivedBefore(before.instant());
        }
        if (condition instanceof Marked marked) {
            return query.having(new Keyword(marked.keyword()));
        }
        return condition instanceof Not not && not.other() instanceof Marked marked
                ? query.without(new Keyword(marked.keyword()))
                : query;
    }

    private Optional<MailboxId> mailbox(UUID account, Condition condition) {
        JdbcClient.StatementSpec asked = condition instanceof In in
                ? database.sql(NAMED_MAILBOX).param("name", StorableText.escaped(in.name()))
                : database.sql(MAILBOX).param("mailbox", ((InMailbox) condition).mailbox());
        return asked.param("account", account)
                .query(String.class)
                .optional()
                .map(stored -> new MailboxId(StorableText.unescaped(stored)));
    }
}
