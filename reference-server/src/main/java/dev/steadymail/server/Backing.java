package dev.steadymail.server;

import dev.steadymail.server.embedded.EmbeddedServices;
import dev.steadymail.server.folder.DataFolder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server with services and secrets of its own stands on, as settings of the service. */
final class Backing {
    private Backing() {}

    /** Returns the secrets of the folder, made at the first start; before the database is. */
    static Map<String, Object> secrets(DataFolder folder) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("steadymail.accounts.encryption-key", EmbeddedKey.of(folder));
        properties.put("steadymail.jwt.secret", folder.secret("jwt"));
        properties.put("steadymail.jwt.refresh-secret", folder.secret("jwt-refresh"));
        return properties;
    }

    static Map<String, Object> services(EmbeddedServices services) {
        return Map.of(
                "spring.datasource.url", services.databaseUrl(),
                "spring.datasource.username", services.databaseUser(),
                "spring.datasource.password", services.databasePassword(),
                "steadymail.redis.url", services.redisUrl());
    }
}
