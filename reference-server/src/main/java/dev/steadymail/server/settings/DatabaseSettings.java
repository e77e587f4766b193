package dev.steadymail.server.settings;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The databases that the environment names, and how many connections there are to the first. */
final class DatabaseSettings {
    private static final String DATABASE = "DATABASE_URL";
    private static final String DIRECT = "DIRECT_URL";
    private static final String READ = "DATABASE_READ_URL";
    private static final String MOST = "DB_MAX_CONNECTIONS";
    private static final String LEAST = "DB_MIN_CONNECTIONS";
    private static final int DEFAULT_MOST = 20;
    private static final int DEFAULT_LEAST = 5;
    private static final int BOUND = 1_000;

    private final Variables variables;
    private final Map<String, Object> properties;

    DatabaseSettings(Variables variables, Map<String, Object> properties) {
        this.variables = variables;
        this.properties = properties;
    }

    /** Reads the URLs; what comes back is whole only where no fault was found. */
    Databases read() {
        if (variables.text(DATABASE).isEmpty()) {
            variables
                    .faults()
                    .add(
                            "there is no database: set DATABASE_URL to postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or run"
                                    + " a database of your own here with --embedded");
        }
        DatabaseUrl database =
                url(DATABASE, "spring.datasource.url", "spring.datasource.username", "spring.datasource.password");
        DatabaseUrl direct = url(DIRECT, "spring.flyway.url", "spring.flyway.user", "spring.flyway.password");
        DatabaseUrl read = url(
                READ,
                "steadymail.database.read-url",
                "steadymail.database.read-username",
                "steadymail.database.read-password");
        return new Databases(database, direct, read);
    }

    private @Nullable DatabaseUrl url(String name, String url, String user, String password) {
        Optional<DatabaseUrl> read =
                variables.text(name).flatMap(text -> variables.faults().read(() -> DatabaseUrl.parse(name, text)));
        read.ifPresent(database -> {
            if (!database.isPrivate()) {
                variables
                        .faults()
                        .add(
                                name + " leads across a network without TLS, where passwords and mail can be read; add"
                                        + " ?sslmode=verify-full to it, or ?sslmode=require where the server's certificate cannot be checked");
            }
            properties.put(url, database.jdbcUrl());
            properties.put(user, database.user());
            properties.put(password, database.password());
        });
        return read.orElse(null);
    }

    void readPool() {
        OptionalInt most = variables.number(MOST, 2, BOUND);
        OptionalInt least = variables.number(LEAST, 0, BOUND);
        int bound = most.orElse(DEFAULT_MOST);
        if (least.isPresent() && least.getAsInt() > bound) {
            variables
                    .faults()
                    .add(LEAST + " must not be above " + MOST + ", which is " + bound
                            + " where nothing else is set; lower one or raise the other");
        }
        most.ifPresent(number -> properties.put("spring.datasource.hikari.maximum-pool-size", number));
        if (most.isPresent() || least.isPresent()) {
            properties.put("spring.datasource.hikari.minimum-idle", least.orElse(Math.min(DEFAULT_LEAST, bound)));
        }
    }

    /** The databases; all but the first are optional, and the first is null only where its lack is a fault. */
    record Databases(
            @Nullable DatabaseUrl database,
            @Nullable DatabaseUrl direct,
            @Nullable DatabaseUrl read) {
        /** Throws where one cannot be used. The replica may be away: reads go to the first then. */
        void check() {
            if (database != null) {
                database.check(DATABASE).requireWall(DATABASE);
            }
            if (direct != null) {
                direct.check(DIRECT);
            }
            if (read != null) {
                read.checkIfThere(READ);
            }
        }
    }
}
