package dev.steadymail.server.search;

import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FaultTrace;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps the index of words in the language that the settings name. Where it is another one than before, rows are made anew behind
 * everybody's back, a few hundred in a transaction; what is not made anew yet is found by words as the language before took them. A start
 * goes on with what the one before did not end.
 */
@Component
class SearchLanguage implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SearchLanguage.class);
    private static final int AT_ONCE = 500;
    private static final UUID LOWEST = new UUID(0, 0);

    private final JdbcTemplate jdbc;
    private final String language;
    private volatile boolean running;

    /** Throws {@link StartException} where PostgreSQL does not know the language. */
    SearchLanguage(JdbcTemplate jdbc, SearchSettings settings) {
        this.jdbc = jdbc;
        this.language = settings.language();
        List<String> known = jdbc.queryForList(
                "select cfgname from pg_ts_config where pg_ts_config_is_visible(oid) order by 1", String.class);
        if (!known.contains(language)) {
            throw StartException.usage("steadymail.search.language is not known to this PostgreSQL, which knows "
                    + String.join(", ", known) + "; correct it, or unset it for simple");
        }
    }

    @Override
    public void start() {
        running = true;
        jdbc.update("update search_language set language = ?, stale = true where language <> ?", language, language);
        if (isStale()) {
            Thread thread = new Thread(this::reindexLogged, "search-language");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private boolean isStale() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select stale from search_language", Boolean.class));
    }

    private void reindexLogged() {
        try {
            reindex();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "emails could not all be indexed in {}; the next start goes on: {}",
                    language,
                    FaultTrace.of(failure));
        }
    }

    private void reindex() {
        LOG.info("emails are indexed anew in {}", language);
        for (UUID organisation : jdbc.queryForList("select id from organisation order by id", UUID.class)) {
            Tenancy.in(organisation, this::reindexOrganisation);
        }
        if (running) {
            jdbc.update("update search_language set stale = false where language = ?", language);
            LOG.info("all emails are indexed in {}", language);
        }
    }

    private void reindexOrganisation() {
        UUID last = LOWEST;
        while (running) {
            UUID[] ids = jdbc.queryForList(
                            "select id from email where organisation_id = current_organisation() and id > ?"
                                    + " order by id limit ?",
                            UUID.class,
                            last,
                            AT_ONCE)
                    .toArray(UUID[]::new);
            if (ids.length == 0) {
                return;
            }
            jdbc.query("select index_outdated(?)", row -> {}, (Object) ids);
            last = ids[ids.length - 1];
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
