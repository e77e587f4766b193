package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.FileTrouble;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL and a Redis of our own below the data folder, reached over loopback and with a password. They are in sessions of
 * their own and end only when this is closed, or with the next start on the same folder. Thread-safe.
 */
public final class EmbeddedServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServices.class);

    private final DataFolder folder;
    private final PostgresProcess postgres;
    private final RedisProcess redis;
    private final String databasePassword;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServices(PostgresProcess postgres, RedisProcess redis, DataFolder folder) {
        this.folder = folder;
        this.postgres = postgres;
        this.redis = redis;
        this.databasePassword = folder.secret(PostgresAccess.ROLE_SECRET);
    }

    /**
     * Starts both, after stopping what a killed run on this folder left. Takes a few seconds, at most a minute or two.
     *
     * @throws StartException if they cannot run on this machine, or one does not start; then neither runs
     */
    public static EmbeddedServices start(DataFolder folder) {
        Platform.current().check();
        try {
            return startBoth(folder);
        } catch (InterruptedException e) {
            kill(folder);
            Thread.currentThread().interrupt();
            throw StartException.internal("interrupted while PostgreSQL and Redis were starting", e);
        }
    }

    private static EmbeddedServices startBoth(DataFolder folder) throws InterruptedException {
        long begun = System.nanoTime();
        PostgresProcess postgres = PostgresProcess.start(folder);
        LOG.info("PostgreSQL is up on port {} after {} ms", postgres.port(), since(begun));
        begun = System.nanoTime();
        try {
            RedisProcess redis = RedisProcess.start(folder);
            LOG.info("Redis is up after {} ms", since(begun));
            return new EmbeddedServices(postgres, redis, folder);
        } catch (RuntimeException | InterruptedException e) {
            postgres.close();
            throw e;
        }
    }

    private static long since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }

    /** Returns whether an earlier start left a database in this folder. */
    public static boolean hasDatabase(DataFolder folder) {
        PostgresFiles files = new PostgresFiles(folder);
        try {
            return files.hasDatabase();
        } catch (IOException e) {
            throw StartException.storage("cannot read " + files.data() + ": " + FileTrouble.words(e), e);
        }
    }

    /** Kills whatever runs from the executables in this folder, at once; for an end that cannot wait. */
    public static void kill(DataFolder folder) {
        boolean interrupted = Thread.interrupted();
        try {
            new OwnProcesses(folder.resolve("postgres/bin")).kill();
            new OwnProcesses(folder.resolve("redis/bin")).kill();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns {@code jdbc:postgresql://127.0.0.1:PORT/steadymail}. */
    public String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + PostgresAccess.ROLE;
    }

    public String databaseUser() {
        return PostgresAccess.ROLE;
    }

    public String databasePassword() {
        return databasePassword;
    }

    /** Returns {@code redis://:PASSWORD@127.0.0.1:PORT}. */
    public String redisUrl() {
        return redis.url();
    }

    /** Stops both, in less than 8 seconds, kills what does not stop; does nothing the second time. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            postgres.close();
            redis.close();
        } catch (InterruptedException e) {
            kill(folder);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "EmbeddedServices";
    }
}
