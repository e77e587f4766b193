package dev.steadymail.server.templates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table of templates; all members of an organisation share them. Thread-safe. */
@Component
class Templates {
    private static final String OWN = " organisation_id = current_organisation()";
    private static final String ALL = "select * from template where" + OWN + " order by name limit ?";
    private static final String FIND = "select * from template where id = ? and" + OWN;
    private static final String ADD =
            "insert into template (id, name, subject, text, html, changed_at) values (?, ?, ?, ?, ?, ?)";
    private static final String REPLACE =
            "update template set name = ?, subject = ?, text = ?, html = ?, changed_at = ? where id = ? and" + OWN;
    private static final int MOST = 1_000;

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    Templates(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Template> all() {
        return jdbc.query(ALL, (row, n) -> template(row), MOST);
    }

    Template find(UUID id) {
        return jdbc.query(FIND, (row, n) -> template(row), id).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownTextException("template"));
    }

    Template add(TemplateRequest wanted) {
        wanted.check();
        UUID id = UUID.randomUUID();
        try {
            jdbc.update(ADD, id, wanted.name(), orEmpty(wanted), wanted.text(), wanted.html(), now());
        } catch (DuplicateKeyException taken) {
            throw new NameTakenException();
        }
        return find(id);
    }

    Template replace(UUID id, TemplateRequest wanted) {
        wanted.check();
        try {
            jdbc.update(REPLACE, wanted.name(), orEmpty(wanted), wanted.text(), wanted.html(), now(), id);
        } catch (DuplicateKeyException taken) {
            throw new NameTakenException();
        }
        return find(id);
    }

    void remove(UUID id) {
        if (jdbc.update("delete from template where id = ? and" + OWN, id) == 0) {
            throw new UnknownTextException("template");
        }
    }

    private static String orEmpty(TemplateRequest wanted) {
        return wanted.subject() == null ? "" : wanted.subject();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Template template(ResultSet row) throws SQLException {
        return new Template(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("subject"),
                row.getString("text"),
                row.getString("html"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
