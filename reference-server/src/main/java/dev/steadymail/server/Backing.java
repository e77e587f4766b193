package dev.steadymail.server;

import dev.steadymail.server.embedded.EmbeddedServices;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server stands on.
 *
 * @param redisUrl null where there is no Redis
 * @param encryptionKeys Base64 of 32 bytes each, separated by commas; the first encrypts
 */
record Backing(DatabaseUrl database, @Nullable String redisUrl, String encryptionKeys) {
    static Backing of(EmbeddedServices services, String encryptionKey) {
        DatabaseUrl database =
                new DatabaseUrl(services.databaseUrl(), services.databaseUser(), services.databasePassword());
        return new Backing(database, services.redisUrl(), encryptionKey);
    }

    /** Returns the settings under the names that the service knows. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("steadymail.accounts.encryption-key", encryptionKeys);
        if (redisUrl != null) {
            properties.put("steadymail.redis.url", redisUrl);
        }
        return properties;
    }

    @Override
    public String toString() {
        return "Backing[" + database + "]";
    }
}
