package dev.steadymail.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** The databases that are tested, real ones. */
enum Product {
    POSTGRESQL {
        @Override
        DataSource database() {
            String name = "test" + NUMBER.incrementAndGet();
            run(Server.POSTGRES.getPostgresDatabase(), "create database " + name);
            return Server.POSTGRES.getDatabase("postgres", name);
        }
    },
    SQLITE {
        @Override
        DataSource database() {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + Folder.PATH.resolve("test" + NUMBER.incrementAndGet() + ".db"));
            return source;
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Returns connections to a new, empty database, none of them pooled. */
    abstract DataSource database();

    /** Returns a pool of connections to a new, empty database. */
    HikariDataSource create() {
        return pool(database());
    }

    static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** Runs statements that semicolons end. */
    static void run(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : sql.split(";\\s*\n")) {
                statement.execute(each);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns SQL that is kept as it was released. */
    String frozen(int version) {
        String file = "frozen-" + name().toLowerCase(Locale.ROOT) + "-" + version + ".sql";
        try (InputStream in = Objects.requireNonNull(Product.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final class Folder {
        static final Path PATH = make();

        private static Path make() {
            try {
                Path made = Files.createTempDirectory("steadymail-jdbc");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made), "delete-databases"));
                return made;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void delete(Path folder) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.delete(folder);
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }
}
