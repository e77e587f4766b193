package dev.steadymail.benchmarks.store;

import dev.steadymail.jdbc.JdbcStores;
import dev.steadymail.jdbc.JdbcSyncStore;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** The state as the mirror would have it in SQLite: {@link JdbcSyncStore} on one connection that stays, and staging on another. */
final class StateInSqlite implements MirrorStore {
    private final KeptConnection connection;
    private final JdbcSyncStore store;
    private final StagedRows staged;

    StateInSqlite(Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("state.db");
        this.connection = new KeptConnection(url);
        this.store = JdbcStores.open(connection).sync(new AccountId("imap:ada@mail.example"));
        this.staged = new StagedRows(url);
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return store.cursor();
    }

    @Override
    public KnownEmails known() {
        return store.known();
    }

    @Override
    public void apply(SyncBatch batch) {
        store.apply(batch);
        staged.forget();
    }

    @Override
    public void stage(Email email) {
        staged.add(email);
    }

    /** They come in order of first sight, by which the ids are numbered. */
    @Override
    public Stream<StoredEmail> sorted() {
        return store.emails();
    }

    @Override
    public void close() {
        staged.close();
        connection.close();
    }
}
