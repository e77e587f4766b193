package dev.steadymail.server.people;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** What organisations ask of those who log in to them. Thread-safe. */
@Component
final class SignInPolicies {
    private static final int MOST_NETWORKS = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(90);

    private final JdbcClient database;

    SignInPolicies(JdbcClient database) {
        this.database = database;
    }

    SignInPolicy of(UUID organisation) {
        return database.sql("select * from sign_in_policy where organisation_id = ?")
                .param(organisation)
                .query((row, n) -> policy(row))
                .optional()
                .orElse(SignInPolicy.NONE);
    }

    void set(UUID organisation, SignInPolicy policy) {
        database.sql("""
                        insert into sign_in_policy (organisation_id, session_seconds, networks)
                        values (:organisation, :seconds, :networks)
                        on conflict (organisation_id) do update
                        set session_seconds = excluded.session_seconds, networks = excluded.networks
                        """)
                .param("organisation", organisation)
                .param("seconds", policy.sessionSeconds())
                .param("networks", policy.networks().toArray(String[]::new))
                .update();
    }

    private static SignInPolicy policy(ResultSet row) throws SQLException {
        long seconds = row.getLong("session_seconds");
        Long life = row.wasNull() ? null : seconds;
        return new SignInPolicy(life, texts(row.getArray("networks")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    /**
     * A policy.
     *
     * @param sessionSeconds how long a session lasts without being used, 15 minutes to 90 days; null for the server's setting
     * @param networks where requests may come from, as {@code 192.0.2.0/24}; from everywhere where there is none
     */
    record SignInPolicy(@Nullable Long sessionSeconds, List<String> networks) {
        static final SignInPolicy NONE = new SignInPolicy(null, List.of());

        SignInPolicy {
            networks = List.copyOf(networks);
            if (sessionSeconds != null
                    && (sessionSeconds < SHORTEST.toSeconds() || sessionSeconds > LONGEST.toSeconds())) {
                throw new InvalidRequestException("sessionSeconds must be between " + SHORTEST.toSeconds() + " and "
                        + LONGEST.toSeconds() + ", or null for the server's setting");
            }
            requireNetworks(networks);
        }

        private static void requireNetworks(List<String> networks) {
            if (networks.size() > MOST_NETWORKS) {
                throw new InvalidRequestException("networks must name at most " + MOST_NETWORKS);
            }
            try {
                networks.forEach(IpAddressMatcher::new);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidRequestException("networks must be addresses or networks such as 192.0.2.0/24");
            }
        }

        /** Returns whether requests from this address are allowed. */
        boolean allowsAddress(String address) {
            List<String> allowed = networks == null ? List.of() : networks;
            return allowed.isEmpty() || allowed.stream().anyMatch(each -> new IpAddressMatcher(each).matches(address));
        }

        @Nullable
        Duration sessionLife() {
            return sessionSeconds == null ? null : Duration.ofSeconds(sessionSeconds);
        }
    }
}
