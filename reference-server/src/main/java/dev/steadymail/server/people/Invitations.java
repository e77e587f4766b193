package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.web.ApiException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Invitations to an organisation: a token that its owner hands over, good once, for one address and a week. Thread-safe. */
@Component
final class Invitations {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final int SECRET_BYTES = 32;

    private final JdbcClient database;
    private final TokenSecrets secrets;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Invitations(JdbcClient database, TokenSecrets secrets, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Invites; what is not taken up in time is deleted with the next invitation. */
    Invitation add(UUID organisation, UUID by, String email, Role role) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        UUID id = UUID.randomUUID();
        database.sql("delete from invitation where organisation_id = ? and expires_at < ?")
                .param(organisation)
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        database.sql("""
                        insert into invitation (id, organisation_id, email, role, hash, invited_by, created_at, expires_at)
                        values (:id, :organisation, :email, :role, :hash, :by, :now, :end)
                        """)
                .param("id", id)
                .param("by", by)
                .param("organisation", organisation)
                .param("email", PersonRows.key(email))
                .param("role", role.text())
                .param("hash", secrets.hash("invitation", token))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("end", now.plus(LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return new Invitation(id, token, now.plus(LIFE));
    }

    /** Throws where there is no such invitation; cheap, for the time before a password is worked out. */
    void require(String token, String email) {
        find("select organisation_id, role", "", token, email);
    }

    /**
     * Uses an invitation up. Who gave it must still be what it makes somebody, or more.
     *
     * @throws UnknownInvitationException where it is not good any more
     */
    Invited take(String token, String email) {
        return find("delete", "returning organisation_id, role", token, email);
    }

    private Invited find(String what, String returning, String token, String email) {
        return database.sql(what + """
                         from invitation i where hash = :hash and email = :email and expires_at > :now
                        and exists (select 1 from membership m where m.organisation_id = i.organisation_id
                                    and m.person_id = i.invited_by
                                    and array_position(array['member', 'admin', 'owner'], m.role)
                                        >= array_position(array['member', 'admin', 'owner'], i.role))
                        """ + returning)
                .param("hash", secrets.hash("invitation", token))
                .param("email", PersonRows.key(email))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) ->
                        new Invited(row.getObject("organisation_id", UUID.class), Role.of(row.getString("role"))))
                .optional()
                .orElseThrow(UnknownInvitationException::new);
    }

    /** Returns the invitations of an organisation that are open, 1,000 at most, newest first. */
    List<OpenInvitation> list(UUID organisation) {
        return database.sql("""
                        select id, email, role, expires_at from invitation
                        where organisation_id = :organisation and expires_at > :now order by created_at desc limit 1000
                        """)
                .param("organisation", organisation)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> new OpenInvitation(
                        row.getObject("id", UUID.class),
                        row.getString("email"),
                        row.getString("role"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Takes one back. Returns whether there was one. */
    boolean remove(UUID organisation, UUID id) {
        return database.sql("delete from invitation where organisation_id = ? and id = ?")
                        .param(organisation)
                        .param(id)
                        .update()
                == 1;
    }

    /** One that is open, without its token. */
    record OpenInvitation(UUID id, String email, String role, Instant expiresAt) {
        @Override
        public String toString() {
            return "OpenInvitation[" + id + "]";
        }
    }

    /** To hand over. */
    record Invitation(UUID id, String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Invitation[hidden]";
        }
    }

    /** What somebody was invited to. */
    record Invited(UUID organisation, Role role) {}

    /** An invitation that was used, is too old, or is for somebody else. */
    static final class UnknownInvitationException extends ApiException {
        private static final long serialVersionUID = 1L;

        UnknownInvitationException() {
            super(
                    HttpStatus.NOT_FOUND,
                    "Not found",
                    "there is no such invitation for this address; each is good once and for a week, ask for another one");
        }
    }
}
