package dev.steadymail.jdbc;

import dev.steadymail.mail.AccountId;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A process that opens the stores of a database and raises the version of an entry as often as it is the first to. */
final class RivalProcess {
    static final AccountId ACCOUNT = new AccountId("shared");
    static final int LAST_VERSION = 60;

    private RivalProcess() {}

    /** Prints how often it was the first. */
    public static void main(String[] args) {
        System.out.println(race(JdbcStores.open(source(args[0]))));
    }

    static Process start(DataSource database, Path output) throws IOException {
        String url = database instanceof PGSimpleDataSource postgres
                ? postgres.getUrl() + "?user=postgres"
                : ((SQLiteDataSource) database).getUrl();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(java, "-cp", classes, RivalProcess.class.getName(), url)
                .redirectOutput(output.toFile())
                .redirectError(new File(output + ".err"))
                .redirectInput(Redirect.from(new File("/dev/null")))
                .start();
    }

    private static DataSource source(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl(url);
            return source;
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    static int race(JdbcStores stores) {
        JdbcOutboxStore outbox = stores.outbox(ACCOUNT);
        outbox.add(Entries.queued("one"), Entries.CONTENT);
        int won = 0;
        while (true) {
            OutboxEntry now = outbox.find("one").orElseThrow();
            if (now.version() == LAST_VERSION) {
                return won;
            }
            won += outbox.replace(Entries.in(OutboxState.QUEUED, "one", now.version() + 1)) ? 1 : 0;
        }
    }
}
