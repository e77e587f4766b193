package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.web.ApiException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
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
    Invitation add(UUID organisation, String email, Role role) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        database.sql("delete from invitation where organisation_id = ? and expires_at < ?")
                .param(organisation)
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        database.sql("""
                        insert into invitation (id, organisation_id, email, role, hash, created_at, expires_at)
                        values (:id, :organisation, :email, :role, :hash, :now, :end)
                        """)
                .param("id", UUID.randomUUID())
                .param("organisation", organisation)
                .param("email", PersonRows.key(email))
                .param("role", role.text())
                .param("hash", secrets.hash("invitation", token))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("end", now.plus(LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return new Invitation(token, now.plus(LIFE));
    }

    /** Uses an invitation up. */
    Invited take(String token, String email) {
        return database.sql("""
                        delete from invitation where hash = :hash and email = :email and expires_at > :now
                        returning organisation_id, role
                        """)
                .param("hash", secrets.hash("invitation", token))
                .param("email", PersonRows.key(email))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) ->
                        new Invited(row.getObject("organisation_id", UUID.class), Role.of(row.getString("role"))))
                .optional()
                .orElseThrow(UnknownInvitationException::new);
    }

    /** To hand over. */
    record Invitation(String token, Instant expiresAt) {
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
