package dev.steadymail.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.search.StoredSearch.Page;
import dev.steadymail.server.search.StoredSearch.StoredHit;
import dev.steadymail.server.tenants.TenantDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Searches of an organisation of its own for each test, through the wall. */
final class StoredSearchTest {
    private static final HikariDataSource POOL = TestDatabase.create();
    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
    private static final String NOBODY = "{}";

    private final Tenant tenant = new Tenant();

    @AfterAll
    static void close() {
        POOL.close();
    }

    @BeforeEach
    void addNoise() {
        tenant.add("Lunch on Friday", NOBODY);
    }

    @Test
    void subject_countsMoreThanPeople_andPeopleMoreThanFiles() {
        UUID file = tenant.add("x", "{\"attachments\":[{\"name\":\"invoice-7.pdf\"}]}");
        UUID person = tenant.add("x", from("Invoice Desk", "desk@example.com"));
        UUID subject = tenant.add("Your invoice", NOBODY);
        assertEquals(List.of(subject, person, file), tenant.ids("invoice"));
    }

    @Test
    void newest_isByTimeAlone() {
        UUID old = tenant.add("invoice invoice", NOBODY, NOON);
        UUID young = tenant.add("x", from("Invoice", "a@example.com"), NOON.plusSeconds(1));
        assertEquals(List.of(young, old), ids(tenant.search("invoice", true, null, 10)));
    }

    @Test
    void phrases_wantTheirOrder_andExclusionsTheirAbsence() {
        UUID red = tenant.add("a red house", NOBODY);
        UUID house = tenant.add("a house, red and small", NOBODY);
        assertEquals(List.of(red), tenant.ids("\"red house\""));
        assertEquals(List.of(red), tenant.ids("house -small"));
        assertEquals(List.of(house), tenant.ids("house -\"red house\""));
        assertEquals(2, tenant.ids("house OR nothing red").size());
    }

    @Test
    void addresses_areFoundWholeAndByTheirParts() {
        UUID ada = tenant.add("x", from("Ada Lovelace", "ada.l@mail.example.com"));
        for (String query : List.of(
                "ada.l@mail.example.com",
                "lovelace",
                "mail.example.com",
                "from:ada",
                "from:\"Ada L\"",
                "from:mail.exam")) {
            assertEquals(List.of(ada), tenant.ids(query), query);
        }
        assertEquals(List.of(), tenant.ids("to:ada"));
        assertEquals(List.of(), tenant.ids("-from:ada lovelace"));
    }

    @Test
    void operators_narrow() {
        UUID id = tenant.add("report", NOBODY);
        tenant.jdbc.update(
                "update email set keywords = '{$flagged}', size = 2000, has_attachment = true where id = ?", id);
        tenant.place(id, "Work", "Offers");
        for (String query : List.of(
                "is:starred",
                "is:starred is:unread",
                "larger:1K",
                "has:attachment report",
                "in:offers",
                "in:work/offers -in:inbox",
                "report after:2024-03-01 before:2024-03-02 has:attachment",
                "subject:repo smaller:1M")) {
            assertEquals(List.of(id), tenant.ids(query), query);
        }
        for (String query :
                List.of("report is:read", "report larger:1M", "in:offers before:2024-03-01", "report -in:offers")) {
            assertEquals(List.of(), tenant.ids(query), query);
        }
    }

    @Test
    void accentsAndCase_doNotMatter() {
        UUID id = tenant.add("Caf\u00e9 CR\u00c8ME br\u00fbl\u00e9e", NOBODY);
        for (String query : List.of("cafe", "CAFE\u0301", "caf\u00e9", "creme brulee", "\"Cafe Creme\"")) {
            assertEquals(List.of(id), tenant.ids(query), query);
        }
    }

    @Test
    void japaneseAndChinese_areFoundByParts() {
        UUID japanese = tenant.add("\u6765\u9031\u306e\u4f1a\u8b70\u306b\u3064\u3044\u3066", NOBODY);
        UUID chinese = tenant.add("\u5173\u4e8e\u4e0b\u5468\u7684\u4f1a\u8bae\u5b89\u6392", NOBODY);
        Page found = tenant.search("\u4f1a\u8b70", false, null, 10);
        assertEquals(Engine.SUBSTRING, found.engine());
        assertEquals(List.of(japanese), ids(found));
        assertEquals(List.of(chinese), tenant.ids("\u4f1a\u8bae"));
    }

    @Test
    void partsAndTypos_areFoundWhereWholeWordsAreNot_andPartsComeFirst() {
        UUID alike = tenant.add("Your invoce", NOBODY);
        UUID part = tenant.add("Preinvoices of May", NOBODY);
        Page found = tenant.search("invoice", false, null, 10);
        assertEquals(Engine.SUBSTRING, found.engine());
        assertEquals(List.of(part, alike), ids(found));
        assertEquals(List.of(part), tenant.ids("nvoic may"));
        assertEquals(List.of(), tenant.ids("nvoic -may"));
    }

    @Test
    void text_thatWasRead_isFound_withTheLeastWeight() {
        UUID body = tenant.add("x", NOBODY);
        UUID subject = tenant.add("zebra", NOBODY);
        tenant.jdbc.query("select index_body(?, ?)", row -> {}, body, "there is a zebra in the garden");
        Page found = tenant.search("zebra", false, null, 10);
        assertEquals(List.of(subject, body), ids(found));
        assertEquals("there is a zebra in the garden", found.hits().get(1).body());
        tenant.jdbc.update("update email set subject = 'y' where id = ?", body);
        assertEquals(List.of(body), tenant.ids("zebra garden"), "a new subject keeps the text");
    }

    @Test
    void changes_areFollowed() {
        UUID id = tenant.add("before", NOBODY);
        tenant.jdbc.update("update email set subject = 'afterwards' where id = ?", id);
        assertEquals(List.of(), tenant.ids("before"));
        assertEquals(List.of(id), tenant.ids("afterwards"));
        tenant.jdbc.update("delete from email where id = ?", id);
        assertEquals(List.of(), tenant.ids("afterwards"));
    }

    @Test
    void hostileContent_isIndexed() {
        String wide = "\ufdfa".repeat(320);
        UUID id = tenant.add("\ufdfa".repeat(900), from(wide, wide));
        tenant.jdbc.query("select index_body(?, ?)", row -> {}, id, "\ufdfa ".repeat(50_000) + "\ud83d\ude00");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 25_000; i++) {
            many.append(Character.toString(0x20000 + i)).append(' ');
        }
        tenant.jdbc.query("select index_body(?, ?)", row -> {}, id, many.toString());
        assertEquals(List.of(id), tenant.ids(Character.toString(0x20000)));
    }

    @Test
    void pages_areAllOfThemOnce_whileMailComesIn() {
        for (boolean newest : new boolean[] {true, false}) {
            Tenant other = new Tenant();
            for (int i = 0; i < 25; i++) {
                other.add(i % 3 == 0 ? "report report" : "report", NOBODY, NOON.plusSeconds(i / 4));
            }
            List<UUID> whole = ids(other.search("report", newest, null, 100));
            List<UUID> walked = new ArrayList<>();
            SearchCursor next = null;
            do {
                Page page = other.search("report", newest, next, 4);
                walked.addAll(ids(page));
                next = page.next() == null
                        ? null
                        : SearchCursor.parse(page.next().text());
                other.add("report report report", NOBODY, NOON.plusSeconds(1_000));
            } while (next != null);
            assertEquals(whole, walked);
            assertEquals(25, new HashSet<>(walked).size());
        }
    }

    @Test
    void pagesOfParts_staySo_whenWholeWordsComeIn() {
        for (int i = 0; i < 5; i++) {
            tenant.add("preinvoices", NOBODY);
        }
        Page first = tenant.search("invoice", false, null, 3);
        tenant.add("invoice", NOBODY);
        Page second = tenant.search("invoice", false, first.next(), 3);
        assertEquals(Engine.SUBSTRING, second.engine());
        assertEquals(2, second.hits().size());
    }

    @Test
    void totals_areCountedUpToThousand() {
        tenant.addMany(1_001, "'many'");
        Page found = tenant.search("many", false, null, 1);
        assertEquals(1_000, found.total());
        assertTrue(found.totalIsMore());
        Page one = tenant.search("lunch", false, null, 1);
        assertEquals(1, one.total());
        assertFalse(one.totalIsMore());
    }

    @Test
    void others_areNeverFound() {
        Tenant other = new Tenant();
        UUID secret = other.add("secret plan", from("Zoe", "zoe@example.com"));
        assertEquals(List.of(secret), other.ids("secret"));
        for (String query : List.of("secret", "ecre", "zoe", "from:zoe", "is:unread secret", "-lunch", "secrte")) {
            assertEquals(List.of(), tenant.ids(query), query);
        }
        assertEquals(1, tenant.ids("").size());
    }

    @Test
    void rowsOfWords_areHiddenByTheDatabaseItself() {
        Tenant other = new Tenant();
        other.add("secret", NOBODY);
        String query = "select count(*) from (select set_config('steadymail.searched_query', '''secret''', true)) named"
                + " cross join lateral (select from email_search where named is not null) found";
        assertEquals(0, tenant.jdbc.queryForObject("select count(*) from email_search", Integer.class));
        assertEquals(0, tenant.jdbc.queryForObject(query, Integer.class), "of another organisation");
        new TransactionTemplate(new JdbcTransactionManager(other.source)).executeWithoutResult(status -> {
            other.jdbc.query("select set_config('steadymail.searched_query', '''secret''', true)", row -> {});
            assertEquals(1, other.jdbc.queryForObject("select count(*) from email_search", Integer.class));
        });
        assertEquals(
                0, other.jdbc.queryForObject("select count(*) from email_search", Integer.class), "without a search");
    }

    @Test
    void anyText_isASearch() {
        long seed = new Random().nextLong();
        RandomQueries queries = new RandomQueries(seed);
        for (int i = 0; i < 300; i++) {
            SearchRequest request = request(queries.next());
            try {
                tenant.search.search(request.wanted(), i % 2 == 0, null, 5);
            } catch (RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + request.q(), failure);
            }
        }
    }

    @Test
    void longText_isRefused() {
        assertThrows(SearchException.class, () -> request("x".repeat(501)).wanted());
        assertEquals(List.of(), tenant.ids("x ".repeat(250)));
        assertEquals(1, tenant.ids("-x OR ".repeat(80) + "\"lunch").size());
    }

    @Test
    void cursor_thatIsNone_isRefused() {
        for (String text : List.of("", "x", "AAAA", "\u20ac", "_".repeat(44))) {
            assertThrows(SearchException.class, () -> SearchCursor.parse(text), text);
        }
    }

    @Test
    void searchOf20000_usesTheIndexes_behindTheWall() {
        tenant.addMany(20_000, "'Report ' || i || ' word' || i % 997");
        tenant.jdbc.execute("analyze email_search");
        tenant.jdbc.execute("analyze email");
        String words = plan("steadymail.searched_query", "'word12'");
        assertTrue(words.contains("Bitmap Index Scan on email_search_words"), words);
        assertFalse(words.contains("Seq Scan"), words);
        String parts = plan("steadymail.searched_pattern", "%ord123%");
        assertTrue(parts.contains("Bitmap Index Scan on email_search_trigrams"), parts);
        assertFalse(parts.contains("Seq Scan"), parts);
        assertEquals("app", tenant.jdbc.queryForObject("select current_user", String.class));
        assertEquals(
                0,
                tenant.jdbc.queryForObject(
                        "select count(*) from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)",
                        Integer.class));
    }

    private String plan(String setting, String value) {
        return new TransactionTemplate(new JdbcTransactionManager(tenant.source)).execute(status -> {
            tenant.jdbc.query("select set_config(?, ?, true)", row -> {}, setting, value);
            return String.join(
                    "\n",
                    tenant.jdbc.queryForList(
                            "explain select e.id from email_search s join email e on e.id = s.email_id"
                                    + " where s.organisation_id = current_organisation()"
                                    + " and e.organisation_id = current_organisation()"
                                    + " order by e.received_at desc, e.id desc limit 26",
                            String.class));
        });
    }

    private static SearchRequest request(String q) {
        return new SearchRequest(
                q, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static List<UUID> ids(Page page) {
        return page.hits().stream().map(StoredHit::id).toList();
    }

    private static String from(String name, String address) {
        return "{\"from\":[{\"name\":\"" + name + "\",\"address\":\"" + address + "\"}]}";
    }

    /** An organisation with one account. */
    private static final class Tenant {
        final UUID organisation = UUID.randomUUID();
        final UUID account = UUID.randomUUID();
        final DataSource source = TenantDataSource.of(POOL, organisation);
        final JdbcTemplate jdbc = new JdbcTemplate(source);
        final StoredSearch search = new StoredSearch(
                JdbcClient.create(source),
                new TransactionTemplate(new JdbcTransactionManager(source)),
                new SearchSettings("simple"));

        Tenant() {
            jdbc.update("insert into organisation (id, name) values (?, 'x')", organisation);
            jdbc.update(
                    "insert into account (id, identity, url, login, state, created_at) values (?, 'a', '', '', 'new', now())",
                    account);
        }

        UUID add(String subject, String content) {
            return add(subject, content, NOON);
        }

        UUID add(String subject, String content, Instant at) {
            UUID id = UUID.randomUUID();
            jdbc.update(
                    "insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size, subject,"
                            + " has_attachment, content) values (?, ?, ?, ?, '{}', ?, 1, ?, false, ?::jsonb)",
                    id,
                    account,
                    id.toString().getBytes(StandardCharsets.UTF_8),
                    id.toString(),
                    at.atOffset(ZoneOffset.UTC),
                    subject,
                    content);
            return id;
        }

        /** Adds emails in one statement, which the trigger for single ones would make slow. */
        void addMany(int count, String subject) {
            jdbc.execute("alter table email disable trigger email_added");
            jdbc.update(
                    "insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size, subject,"
                            + " has_attachment, content) select gen_random_uuid(), ?, sha256(i::text::bytea), i::text, '{}',"
                            + " now() - i * interval '1 minute', 1, " + subject
                            + ", false, '{}' from generate_series(1, ?) i",
                    account,
                    count);
            jdbc.execute("alter table email enable trigger email_added");
            jdbc.query(
                    "select index_emails(array_agg(id)) from (select id, row_number() over () / 500 as part from email)"
                            + " numbered group by part",
                    row -> {});
        }

        void place(UUID email, String... path) {
            UUID mailbox = UUID.randomUUID();
            jdbc.update(
                    "insert into mailbox (id, account_id, provider_key, provider_id, path, selectable, saved)"
                            + " values (?, ?, '', '', ?, true, true)",
                    mailbox,
                    account,
                    path);
            jdbc.update(
                    "insert into email_mailbox (email_id, mailbox_id, received_at) values (?, ?, now())",
                    email,
                    mailbox);
        }

        List<UUID> ids(String q) {
            return StoredSearchTest.ids(search(q, false, null, 10));
        }

        Page search(String q, boolean newest, @Nullable SearchCursor after, int limit) {
            return search.search(request(q).wanted(), newest, after, limit);
        }
    }
}
