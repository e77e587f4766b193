package dev.steadymail.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.folder.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one folder, which each test finds as the one before left it: as a user's folder is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedServicesTest {
    @TempDir
    Path temp;

    private DataFolder folder;

    @BeforeAll
    void onLinuxOnly() {
        assumeTrue("Linux".equals(System.getProperty("os.name")), "the embedded services run on Linux");
    }

    @BeforeEach
    void open() {
        folder = DataFolder.open(temp.resolve("data folder"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), postgres().live());
        assertEquals(List.of(), redis().live());
        folder.close();
    }

    @Test
    void start_againWithAnOldLock_keepsTheData() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            run(services, "CREATE TABLE IF NOT EXISTS kept (value int)");
            run(services, "INSERT INTO kept VALUES (42)");
        }
        Path lock = folder.resolve("postgres/data/epg-lock");
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(7200)));

        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            assertEquals("42", ask(services, "SELECT max(value) FROM kept"));
        }
    }

    @Test
    void start_afterAKill_endsTheOrphansAndKeepsTheData() throws Exception {
        folder.close();
        KilledServer.leaveOrphans(folder.path());
        List<Long> orphans = Stream.of(postgres(), redis())
                .flatMap(each -> each.live().stream())
                .map(ProcessHandle::pid)
                .toList();
        assertTrue(orphans.size() > 2, "orphans: " + orphans);

        folder = DataFolder.open(folder.path());
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            assertEquals("1", ask(services, "SELECT 1"));
            List<ProcessHandle> running = postgres().live();
            assertTrue(running.stream().noneMatch(each -> orphans.contains(each.pid())));
            assertEquals(1, redis().live().size());
        }
    }

    @Test
    void start_pidFilesNameAnotherProcess_leavesItAlone() throws Exception {
        EmbeddedServices.start(folder).close();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            String text = stranger.pid() + "\n" + folder.resolve("postgres/data") + "\n1700000000\n5432\n\n\n";
            Files.writeString(folder.resolve("postgres/data/postmaster.pid"), text);
            Files.writeString(folder.resolve("redis/redis.pid"), Long.toString(stranger.pid()));

            EmbeddedServices.start(folder).close();

            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void start_afterAnInterruptedFirstStart_beginsAnew() throws Exception {
        DataFolder fresh = DataFolder.open(temp.resolve("interrupted"));
        Files.createDirectories(fresh.privateFolder("postgres").resolve("data/base"));
        Files.writeString(fresh.resolve("postgres/data/postgresql.conf"), "nonsense");
        Files.writeString(fresh.resolve("postgres/unfinished"), "");
        Files.createDirectories(fresh.resolve("postgres/bin/PG-half/bin"));

        try (fresh;
                EmbeddedServices services = EmbeddedServices.start(fresh)) {
            assertEquals("1", ask(services, "SELECT 1"));
            assertFalse(Files.exists(fresh.resolve("postgres/unfinished")));
        }
    }

    @Test
    void start_brokenDatabase_saysWhyAtOnce() throws Exception {
        EmbeddedServices.start(folder).close();
        Path version = folder.resolve("postgres/data/PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "9\n");
        long begun = System.nanoTime();
        try {
            StartException refusal = assertThrows(StartException.class, () -> EmbeddedServices.start(folder));
            assertEquals(1, refusal.exitCode());
            assertTrue(String.valueOf(refusal.getMessage()).contains("incompatible"), refusal.getMessage());
        } finally {
            Files.writeString(version, right);
        }
        assertTrue(System.nanoTime() - begun < 30_000_000_000L, "waited for a server that had given up");
    }

    @Test
    void start_withoutTheSuperusersPassword_doesNotTouchTheData() throws Exception {
        EmbeddedServices.start(folder).close();
        Path secret = folder.secretFile("database-superuser");
        Path aside = Files.move(secret, temp.resolve("aside"));
        try {
            StartException refusal = assertThrows(StartException.class, () -> EmbeddedServices.start(folder));
            assertEquals(6, refusal.exitCode());
        } finally {
            Files.move(aside, secret);
        }
        EmbeddedServices.start(folder).close();
    }

    @Test
    void database_isDurableAndLetsOnlyItsRoleIn() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertEquals("on", ask(services, "SHOW " + setting), setting);
            }
            assertEquals("127.0.0.1", ask(services, "SHOW listen_addresses"));
            assertEquals("none", ask(services, "SHOW log_statement"));
            assertEquals("off", ask(services, "SHOW is_superuser"));
            assertEquals(
                    "steadymail",
                    ask(services, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'steadymail'"));
            for (String user : List.of("steadymail", "postgres")) {
                assertEquals("28P01", refusalOf(services, user, "wrong"));
                assertEquals("08004", refusalOf(services, user, "")); // asked for a password, the driver has none
            }
            assertEquals("28000", refusalOf(services, "somebody", "else"));
            assertEquals("", askAsSuperuser(services, "SHOW unix_socket_directories"));
            assertEquals("2", askAsSuperuser(services, "SELECT count(*) FROM pg_hba_file_rules"));
        }
    }

    @Test
    void services_areInSessionsOfTheirOwnAndShowNoSecret() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            List<ProcessHandle> running = Stream.concat(postgres().live().stream(), redis().live().stream())
                    .toList();
            long ours = session(ProcessHandle.current());
            for (ProcessHandle each : running) {
                assertNotEquals(ours, session(each));
                String arguments = Files.readString(Path.of("/proc/" + each.pid() + "/cmdline"));
                assertFalse(arguments.contains(services.databasePassword()), arguments);
            }
            String shown = services.toString();
            assertFalse(shown.contains(services.databasePassword()), shown);
            assertEquals("rw-------", permissions("redis/redis.conf"));
            assertEquals("rwx------", permissions("postgres"));
            String log = Files.readString(folder.resolve("postgres/postgres.log"));
            assertFalse(log.contains(services.databasePassword()) || log.contains("SCRAM-SHA-256$"), log);
        }
    }

    @Test
    void logs_ofTheLastRunAreKept_andHoldNothingOfTheMail() throws Exception {
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            assertThrows(SQLException.class, () -> ask(services, "SELECT CAST('a line of a letter' AS int)"));
        }
        Path log = folder.resolve("postgres/postgres.log");
        String last = Files.readString(log);
        assertTrue(last.contains("shut down"), last);
        assertFalse(last.contains("letter"), last);
        Files.writeString(folder.resolve("redis/redis.log"), "how it ended");

        EmbeddedServices.start(folder).close();

        assertEquals(last, Files.readString(folder.resolve("postgres/postgres.log.1")));
        assertEquals("how it ended", Files.readString(folder.resolve("redis/redis.log.1")));
        assertNotEquals(last, Files.readString(log));
    }

    @Test
    void close_twice_isHarmlessAndQuick() {
        EmbeddedServices services = EmbeddedServices.start(folder);
        long begun = System.nanoTime();
        services.close();
        services.close();
        assertTrue(System.nanoTime() - begun < 8_000_000_000L);
    }

    @Test
    void kill_leavesNothing() {
        try (EmbeddedServices services = EmbeddedServices.start(folder)) {
            EmbeddedServices.kill(folder);
            assertEquals(List.of(), postgres().live(), services::toString);
        }
    }

    private OwnProcesses postgres() {
        return new OwnProcesses(folder.resolve("postgres/bin"));
    }

    private OwnProcesses redis() {
        return new OwnProcesses(folder.resolve("redis/bin"));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    /** Field 6 of stat; the name before it, in parentheses, may hold blanks. */
    private static long session(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.UTF_8);
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    private static String refusalOf(EmbeddedServices services, String user, String password) {
        SQLException refusal = assertThrows(
                SQLException.class, () -> connect(services, user, password).close());
        return refusal.getSQLState();
    }

    private static void run(EmbeddedServices services, String statement) throws SQLException {
        try (Connection database = connect(services, services.databaseUser(), services.databasePassword());
                Statement one = database.createStatement()) {
            one.execute(statement);
        }
    }

    private static String ask(EmbeddedServices services, String question) throws SQLException {
        return ask(connect(services, services.databaseUser(), services.databasePassword()), question);
    }

    private String askAsSuperuser(EmbeddedServices services, String question) throws SQLException {
        return ask(connect(services, "postgres", folder.secret("database-superuser")), question);
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Connection database = connection;
                Statement one = database.createStatement();
                ResultSet row = one.executeQuery(question)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedServices services, String user, String password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return DriverManager.getConnection(services.databaseUrl(), login);
    }
}
