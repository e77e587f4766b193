package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.jdbc.JdbcOutboxStore;
import dev.steadymail.jdbc.JdbcStores;
import dev.steadymail.jdbc.JdbcSyncStore;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import java.util.List;
import javax.sql.DataSource;

/** Keeps what is known of an account, and what it sends, in a database of yours that other accounts and processes share. */
public final class KeepInDatabase {
    private KeepInDatabase() {}

    static String run(MailAccount account, DataSource database, RawContent message, String key) {
        JdbcStores stores = JdbcStores.open(database);
        JdbcSyncStore known = stores.sync(account.id());
        JdbcOutboxStore waiting = stores.outbox(account.id());
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account);
                Outbox outbox = mail.outbox(waiting, OutboxOptions.DEFAULT)) {
            EmailLoader states =
                    (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.STATE), List.of());
            mail.sync(known, states, SyncOptions.DEFAULT).run(progress -> {});
            return known.known().all().size() + " known, "
                    + outbox.send(message, key).state();
        }
    }
}
