package dev.steadymail.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.tenants.TenantDataSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

final class SearchLanguageTest {
    private static final HikariDataSource POOL = TestDatabase.create();

    private final JdbcTemplate jdbc = new JdbcTemplate(TenantDataSource.ofThreads(POOL));

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    void language_thatIsUnknown_isRefusedWithThoseThatAreKnown() {
        StartException refused =
                assertThrows(StartException.class, () -> new SearchLanguage(jdbc, new SearchSettings("klingon")));
        assertTrue(String.valueOf(refused.getMessage()).contains("english"));
        assertThrows(StartException.class, () -> new SearchSettings("x'y"));
    }

    @Test
    void change_indexesWhatIsThereAnew() {
        UUID account = UUID.randomUUID();
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, 'a', '', '', 'new', now())",
                account);
        jdbc.update(
                "insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size, subject,"
                        + " has_attachment, content) select gen_random_uuid(), ?, sha256(i::text::bytea), i::text, '{}',"
                        + " now(), 1, 'many houses', false, '{}' from generate_series(1, 501) i",
                account);
        assertEquals(0, found());
        SearchLanguage language = new SearchLanguage(jdbc, new SearchSettings("english"));
        language.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Boolean.TRUE.equals(jdbc.queryForObject("select stale from search_language", Boolean.class))) {
            assertTrue(System.nanoTime() < end, "not in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        language.stop();
        assertEquals(501, found());
    }

    private int found() {
        return jdbc.queryForObject(
                "select count(*) from (select set_config('steadymail.searched_query', '''hous''', true) as query) named"
                        + " join lateral (select from email_search where named.query is not null) hits on true",
                Integer.class);
    }
}
