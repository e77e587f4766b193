package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process on loopback, durable as a real one. It is made and started by zonky's library, which is
 * meant for throw-away databases: what would lose data or let others in is turned off here, one by one.
 */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration ORPHAN_STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration QUIT_LIMIT = Duration.ofSeconds(1);
    private static final Duration UNLOCK_LIMIT = Duration.ofSeconds(1);
    private static final String GAVE_UP = "pg_ctl: could not start server";

    private final EmbeddedPostgres postgres;
    private final OwnProcesses processes;

    private PostgresProcess(EmbeddedPostgres postgres, OwnProcesses processes) {
        this.postgres = postgres;
        this.processes = processes;
    }

    /** Stops what an earlier run left, and starts PostgreSQL on a free port. */
    static PostgresProcess start(DataFolder folder) throws InterruptedException {
        PostgresFiles files = new PostgresFiles(folder);
        OwnProcesses processes = new OwnProcesses(files.executables());
        try {
            endOrphans(files, processes);
            files.prepare();
            PostgresProcess started = new PostgresProcess(launch(folder, files), processes);
            started.admit(folder, files);
            return started;
        } catch (IOException e) {
            throw StartException.storage("cannot prepare " + files.data() + ": " + e, e);
        } catch (ExecutionException e) {
            processes.kill();
            throw StartException.internal(
                    "PostgreSQL does not start: " + files.log().reason(e), e);
        }
    }

    private void admit(DataFolder folder, PostgresFiles files) throws IOException, InterruptedException {
        try {
            new PostgresAccess(folder).prepare(port());
            files.finished();
        } catch (SQLException e) {
            close();
            throw StartException.internal(
                    "cannot prepare the embedded database: " + files.log().reason(e), e);
        }
    }

    private static void endOrphans(PostgresFiles files, OwnProcesses processes)
            throws IOException, InterruptedException {
        long owner = files.owner().orElse(0);
        if (processes.find(owner).isPresent()) {
            processes.end(owner, "INT", ORPHAN_STOP_LIMIT);
        } else if (ProcessHandle.of(owner).isPresent()) {
            files.disown();
        }
        processes.endAll("QUIT", QUIT_LIMIT);
    }

    private static EmbeddedPostgres launch(DataFolder folder, PostgresFiles files)
            throws ExecutionException, InterruptedException {
        System.setProperty("ot.epg.working-dir", files.scratch().toString());
        EmbeddedPostgres.Builder builder = builder(folder, files);
        FutureTask<EmbeddedPostgres> start = new FutureTask<>(() -> startUnlessInterrupted(builder));
        Thread starter = new Thread(start, "postgres-start");
        starter.setDaemon(true);
        starter.start();
        try {
            return await(start, files.log());
        } finally {
            starter.join(UNLOCK_LIMIT.toMillis());
        }
    }

    /** An interrupt makes zonky return as if the server were up; closing gives back the lock on the data. */
    private static EmbeddedPostgres startUnlessInterrupted(EmbeddedPostgres.Builder builder) throws IOException {
        EmbeddedPostgres started = builder.start();
        if (Thread.interrupted()) {
            started.close();
        }
        return started;
    }

    /** zonky asks a server that did not start until the limit has passed; its own words tell sooner. */
    private static EmbeddedPostgres await(FutureTask<EmbeddedPostgres> start, ServiceLog log)
            throws ExecutionException, InterruptedException {
        try {
            while (true) {
                try {
                    return start.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (log.says(GAVE_UP)) {
                        throw new ExecutionException(e);
                    }
                }
            }
        } finally {
            start.cancel(true);
        }
    }

    private static EmbeddedPostgres.Builder builder(DataFolder folder, PostgresFiles files) {
        PostgresAccess access = new PostgresAccess(folder);
        String superuserPassword = folder.secret(PostgresAccess.SUPERUSER_SECRET);
        Redirect log = Redirect.appendTo(files.log().file().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(files.data())
                .setOverrideWorkingDirectory(files.executables().toFile())
                .setPgBinaryResolver(new Archive())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // Options of initdb: nobody is trusted, from the first start on.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig(
                        "pwfile",
                        folder.secretFile(PostgresAccess.SUPERUSER_SECRET).toString())
                .setLocaleConfig("locale", "C.UTF-8")
                .setConnectConfig("password", superuserPassword)
                .setDataDirectoryCustomizer(data -> access.writeRules());
        return settings(builder);
    }

    /** They outrank the -F, which is fsync=off, that the library gives. */
    private static EmbeddedPostgres.Builder settings(EmbeddedPostgres.Builder builder) {
        return builder.setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                // What clients are told anyway stays out of its log: that has no end, and repeats what is in the mail.
                .setServerConfig("log_min_messages", "log")
                .setServerConfig("log_min_error_statement", "panic")
                .setServerConfig("log_checkpoints", "off")
                .setServerConfig("log_autovacuum_min_duration", "-1");
    }

    /** Not the shared resolver itself: by its identity the library remembers where it unpacked, for all folders alike. */
    private static final class Archive implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** Stops it within 5 s as at the end of a transaction, and kills it after that. */
    void close() throws InterruptedException {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.debug("not stopped by pg_ctl, so by signals", e);
        }
        processes.endAll("QUIT", QUIT_LIMIT);
    }
}
