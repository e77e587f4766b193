package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of people, organisations and who belongs to which. Thread-safe. */
@Component
final class PersonRows {
    private static final String PERSON = "select id, email, name, password_hash from person ";

    private final JdbcClient database;

    PersonRows(JdbcClient database) {
        this.database = database;
    }

    /** Returns what people are found by: their address in lower case. */
    static String key(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Adds a person unless the address is taken; returns whether it did. */
    boolean insert(Person person) {
        return database.sql("""
                        insert into person (id, email, email_key, name, password_hash)
                        values (:id, :email, :key, :name, :hash) on conflict (email_key) do nothing
                        """)
                        .param("id", person.id())
                        .param("email", person.email())
                        .param("key", key(person.email()))
                        .param("name", person.name())
                        .param("hash", person.passwordHash())
                        .update()
                == 1;
    }

    Optional<Person> byEmail(String email) {
        return database.sql(PERSON + "where email_key = ?")
                .param(key(email))
                .query((row, n) -> person(row))
                .optional();
    }

    Optional<Person> find(UUID id) {
        return database.sql(PERSON + "where id = ?")
                .param(id)
                .query((row, n) -> person(row))
                .optional();
    }

    void setPassword(UUID person, String hash) {
        database.sql("update person set password_hash = ? where id = ?")
                .param(hash)
                .param(person)
                .update();
    }

    void insertOrganisation(UUID id, String name) {
        database.sql("insert into organisation (id, name) values (?, ?)")
                .param(id)
                .param(name)
                .update();
    }

    boolean renameOrganisation(UUID id, String name) {
        return database.sql("update organisation set name = ? where id = ?")
                        .param(name)
                        .param(id)
                        .update()
                == 1;
    }

    /** Adds a member, or gives one that is there another role. */
    void setMember(UUID organisation, UUID person, Role role) {
        database.sql("""
                        insert into membership (organisation_id, person_id, role) values (?, ?, ?)
                        on conflict (organisation_id, person_id) do update set role = excluded.role
                        """).param(organisation).param(person).param(role.text()).update();
    }

    /** Takes a member out; its sessions and tokens for this organisation go with it. */
    boolean removeMember(UUID organisation, UUID person) {
        return database.sql("delete from membership where organisation_id = ? and person_id = ?")
                        .param(organisation)
                        .param(person)
                        .update()
                == 1;
    }

    /** Keeps the owners of an organisation as they are until the transaction ends, and returns them. */
    List<UUID> lockedOwners(UUID organisation) {
        return database.sql("select person_id from membership where organisation_id = ? and role = 'owner' for update")
                .param(organisation)
                .query(UUID.class)
                .list();
    }

    Optional<Role> role(UUID organisation, UUID person) {
        return database.sql("select role from membership where organisation_id = ? and person_id = ?")
                .param(organisation)
                .param(person)
                .query(String.class)
                .optional()
                .map(Role::of);
    }

    /** Returns the organisations of a person, the first one joined first. */
    List<Belonging> organisationsOf(UUID person) {
        return database.sql("""
                        select o.id, o.name, m.role from membership m join organisation o on o.id = m.organisation_id
                        where m.person_id = ? order by m.created_at, o.id
                        """)
                .param(person)
                .query((row, n) -> new Belonging(
                        row.getObject("id", UUID.class), row.getString("name"), Role.of(row.getString("role"))))
                .list();
    }

    /** Returns the members of an organisation, 1,000 at most, by address. */
    List<Member> members(UUID organisation) {
        return database.sql("""
                        select p.id, p.email, p.name, m.role, m.created_at
                        from membership m join person p on p.id = m.person_id
                        where m.organisation_id = ? order by p.email_key limit 1000
                        """)
                .param(organisation)
                .query((row, n) -> member(row))
                .list();
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                row.getString("role"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Person person(ResultSet row) throws SQLException {
        @Nullable String hash = row.getString("password_hash");
        return new Person(row.getObject("id", UUID.class), row.getString("email"), row.getString("name"), hash);
    }

    /** An organisation as one of its people sees it. */
    record Belonging(UUID id, String name, Role role) {}

    /** Somebody in an organisation. */
    record Member(UUID id, String email, String name, String role, Instant since) {
        @Override
        public String toString() {
            return "Member[" + id + "]";
        }
    }
}
