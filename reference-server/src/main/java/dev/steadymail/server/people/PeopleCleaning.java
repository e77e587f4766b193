package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.upkeep.Chore;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets, every hour, failed logins of a day ago, sessions and tokens that ended, and what the audit log kept for a year. Thread-safe. */
@Component
class PeopleCleaning implements Chore {
    private final FailedLogins failures;
    private final LoginSessions sessions;
    private final ApiTokens tokens;
    private final AuditLog audit;
    private final JdbcClient database;

    PeopleCleaning(
            FailedLogins failures, LoginSessions sessions, ApiTokens tokens, AuditLog audit, JdbcClient database) {
        this.failures = failures;
        this.sessions = sessions;
        this.tokens = tokens;
        this.audit = audit;
        this.database = database;
    }

    @Override
    public String subject() {
        return "sessions, failed logins and audit rows that are over";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        int unusedFailures = Chore.inParts(() -> failures.forgetOld(AT_ONCE));
        int unusedSessions = Chore.inParts(() -> sessions.forget(AT_ONCE));
        int unusedTokens = Chore.inParts(() -> tokens.forget(AT_ONCE));
        for (UUID organisation :
                database.sql("select id from organisation").query(UUID.class).list()) {
            int unusedRows = Tenancy.in(organisation, () -> Chore.inParts(() -> audit.forget(AT_ONCE)));
        }
    }
}
