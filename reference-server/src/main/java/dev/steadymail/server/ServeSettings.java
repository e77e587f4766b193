package dev.steadymail.server;

import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.vault.EncryptionKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a server that others keep the database for, from the environment. */
final class ServeSettings {
    private ServeSettings() {}

    /** Reads DATABASE_URL, REDIS_URL and ENCRYPTION_KEY, and throws where one is missing or wrong. */
    static Backing read(Map<String, String> environment) {
        String database = environment.get("DATABASE_URL");
        if (database == null || database.isBlank()) {
            throw StartException.usage(
                    "there is no database: set DATABASE_URL to"
                            + " postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or run a database of your own here with --embedded");
        }
        return new Backing(
                DatabaseUrl.parse(database),
                redis(environment.get("REDIS_URL")),
                keys(environment.get("ENCRYPTION_KEY")));
    }

    private static @Nullable String redis(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        return RedisUrl.parse(url).text();
    }

    private static String keys(@Nullable String keys) {
        if (keys == null || keys.isBlank()) {
            throw StartException.usage("ENCRYPTION_KEY is missing, under which the credentials of accounts are stored;"
                    + " make one with: openssl rand -base64 32");
        }
        try {
            EncryptionKeys.check(keys);
            return keys;
        } catch (IllegalArgumentException e) {
            throw StartException.usage(String.valueOf(e.getMessage()));
        }
    }
}
