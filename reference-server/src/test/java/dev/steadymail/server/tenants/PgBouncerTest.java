package dev.steadymail.server.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The wall behind a real PgBouncer that gives each transaction another connection; passed over where it is not installed. */
final class PgBouncerTest {
    private static final int ORGANISATIONS = 4;
    private static final int ROUNDS = 150;

    private Process bouncer;
    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transactions;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/pgbouncer")), "PgBouncer is not installed");
        String direct = TestDatabase.createUrl();
        Flyway.configure().dataSource(direct, null, null).load().migrate();
        URI database = URI.create(direct.substring("jdbc:".length()));
        int port = freePort();
        bouncer = new ProcessBuilder(command(settings(folder, database.getPort(), port)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        String url = "jdbc:postgresql://127.0.0.1:" + port + database.getPath() + "?user=app&prepareThreshold=0";
        awaitAnswer(url, folder.resolve("pgbouncer.log"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        pool = new HikariDataSource(config);
        TenantDataSource source = TenantDataSource.ofThreads(pool);
        jdbc = new JdbcTemplate(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (pool != null) {
            pool.close();
        }
        if (bouncer != null) {
            bouncer.destroy();
            if (!bouncer.waitFor(10, TimeUnit.SECONDS)) {
                bouncer.destroyForcibly();
            }
        }
    }

    @Test
    void organisationsOnSharedConnections_seeTheirOwnRowsAlone() throws Exception {
        List<UUID> organisations = new ArrayList<>();
        for (int i = 0; i < ORGANISATIONS; i++) {
            organisations.add(UUID.randomUUID());
            jdbc.update("insert into organisation (id, name) values (?, 'x')", organisations.get(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2 * ORGANISATIONS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2 * ORGANISATIONS; i++) {
                UUID organisation = organisations.get(i % ORGANISATIONS);
                running.add(threads.submit(() -> work(organisation)));
            }
            for (Future<?> each : running) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        for (UUID organisation : organisations) {
            assertEquals(
                    2 * ROUNDS,
                    Tenancy.in(organisation, () -> jdbc.queryForObject("select count(*) from account", Integer.class)));
        }
        assertEquals(List.of(), jdbc.queryForList("select id from account"), "nobody's thread sees nobody's rows");
    }

    /** Writes and reads, in transactions and outside. */
    private void work(UUID organisation) {
        for (int i = 0; i < ROUNDS; i++) {
            boolean inTransaction = i % 2 == 0;
            Tenancy.in(organisation, () -> {
                if (inTransaction) {
                    transactions.executeWithoutResult(status -> insertAndLook(organisation));
                } else {
                    insertAndLook(organisation);
                }
            });
        }
    }

    private void insertAndLook(UUID organisation) {
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, ?, 'u', '', 'new', now())",
                UUID.randomUUID(),
                UUID.randomUUID().toString());
        Set<UUID> seen = Set.copyOf(jdbc.queryForList("select distinct organisation_id from account", UUID.class));
        assertEquals(Set.of(organisation), seen);
    }

    private static List<String> command(Path settings) {
        // It refuses to be root.
        return "root".equals(System.getProperty("user.name"))
                ? List.of("/usr/sbin/pgbouncer", "-u", "nobody", settings.toString())
                : List.of("/usr/sbin/pgbouncer", settings.toString());
    }

    private static Path settings(Path folder, int database, int port) throws IOException {
        Path people = folder.resolve("people.txt");
        Files.writeString(people, "\"app\" \"\"\n");
        Path settings = folder.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 2
                max_client_conn = 50
                ignore_startup_parameters = extra_float_digits
                """.formatted(database, port, people));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path file : List.of(people, settings)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return settings;
    }

    private void awaitAnswer(String url, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                DriverManager.getConnection(url).close();
                return;
            } catch (SQLException notYet) {
                assertTrue(
                        bouncer.isAlive() && System.nanoTime() - end < 0,
                        () -> "PgBouncer does not answer: " + notYet.getMessage() + "\n" + text(log));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
