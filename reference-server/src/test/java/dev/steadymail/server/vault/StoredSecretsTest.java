package dev.steadymail.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Secrets in the running service: what its database has of them, and what becomes of them when keys change. */
final class StoredSecretsTest {
    private static final String CANARY = "Kanarienvogel-90210";
    private static final String TABLES = "select table_name from information_schema.tables"
            + " where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name";
    private static final String ROTATION = "/api/v1/operations/rotation";
    private static final String KEY = "steadymail.accounts.encryption-key";

    @TempDir
    private Path data;

    private final String database = TestDatabase.createUrl();
    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", CANARY).start();
    private RunningServer server;
    private String account;

    @BeforeEach
    void connect() {
        server = RunningServer.start(data, database, Map.of(KEY, TestVault.key(1)));
        account = connectAccount();
        awaitState("ok");
    }

    @AfterEach
    void close() {
        server.close();
        imap.close();
    }

    @Test
    void database_hasASecretInNoForm() {
        String dump = dump();
        assertTrue(dump.contains(account), "the account is in it");
        assertEquals(List.of(), formsIn(dump));
        rotate();
        assertEquals(List.of(), formsIn(dump()));
    }

    @Test
    void search_findsASecretInEveryForm() {
        byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
        for (String before : List.of("", "x", "xy")) {
            byte[] text = (before + CANARY + "z").getBytes(StandardCharsets.UTF_8);
            for (String dump : List.of(
                    before + CANARY,
                    "\\x" + HexFormat.of().formatHex(canary),
                    Base64.getEncoder().encodeToString(text),
                    "\\x" + HexFormat.of().formatHex(Base64.getEncoder().encode(text)))) {
                assertFalse(formsIn(dump).isEmpty(), dump);
            }
        }
    }

    @Test
    void rotation_overTheApi_givesNewKeys_andAccountsGoOn() {
        assertEquals("none", server.get(ROTATION).json().get("state").asString());
        JsonNode status = rotate();
        assertEquals(1, status.get("valuesResealed").asInt());
        assertEquals(1, status.get("keysDestroyed").asInt());
        assertEquals(0, status.get("valuesLeft").asInt());
        assertEquals(401, server.getWith(ROTATION).status());
        restart(TestVault.key(1));
        awaitState("ok");
    }

    @Test
    void start_withANewKeyFirst_andARotation_makesTheOldKeyNeedless() {
        restart(TestVault.key(2) + "," + TestVault.key(1));
        assertEquals(0, rotate().get("keysLeft").asInt());
        restart(TestVault.key(2));
        awaitSyncAfterStart();
        awaitState("ok");
    }

    @Test
    void start_withoutTheKeyOfTheSecrets_tellsTheOwner_andConnectingAgainHelps() {
        restart(TestVault.key(2));
        Answer refused = awaitState("reauth_required");
        String message = refused.json().get("error").get("message").asString();
        assertTrue(message.contains("ENCRYPTION_KEY"), message);
        assertEquals(200, server.get("/health/ready").status());
        assertEquals(account, connectAccount());
        awaitState("ok");
    }

    @Test
    void sealedColumns_areGuardedByTheDatabase() {
        List<SealedColumn> columns = server.bean(Vault.class).columns();
        assertFalse(columns.isEmpty());
        for (SealedColumn column : columns) {
            List<String> triggers = jdbc().queryForList(
                            "select pg_get_triggerdef(oid) from pg_trigger where tgrelid = ?::regclass",
                            String.class,
                            column.table());
            String call = "require_data_key('" + column.column() + "')";
            assertTrue(triggers.stream().anyMatch(trigger -> trigger.contains(call)), () -> column + " has no trigger");
        }
    }

    private String connectAccount() {
        Answer answer = server.post(
                "/api/v1/accounts",
                "{\"url\":\"imap://ada@127.0.0.1:" + imap.port() + "?tls=none\",\"secret\":\"" + CANARY + "\"}");
        assertTrue(answer.status() == 201 || answer.status() == 200, answer.text());
        return answer.json().get("id").asString();
    }

    private Answer awaitState(String state) {
        return server.await(
                "/api/v1/accounts/" + account,
                shown -> shown.get("state").asString().equals(state));
    }

    /** The state may be that of the server before. */
    private void awaitSyncAfterStart() {
        String before = server.get("/api/v1/accounts/" + account)
                .json()
                .get("lastSyncedAt")
                .asString();
        server.await(
                "/api/v1/accounts/" + account,
                shown -> !shown.get("lastSyncedAt").asString().equals(before));
    }

    private JsonNode rotate() {
        assertEquals(202, server.post(ROTATION, "").status());
        return server.await(ROTATION, status -> status.get("state").asString().equals("finished"))
                .json();
    }

    private void restart(String keys) {
        server.close();
        server = RunningServer.start(data, database, Map.of(KEY, keys));
    }

    private JdbcTemplate jdbc() {
        return server.bean(JdbcTemplate.class);
    }

    /** Returns every row of every table as text, bytes in hex. */
    private String dump() {
        return Tenancy.in(
                Caller.OPERATORS,
                () -> jdbc().queryForList(TABLES, String.class).stream()
                        .flatMap(table ->
                                jdbc().queryForList("select t::text from \"" + table + "\" t", String.class).stream())
                        .collect(Collectors.joining("\n")));
    }

    /** Returns the forms in which a text has the secret: plain, in hex, in Base64 at each of its three offsets, and that in hex. */
    private static List<String> formsIn(String dump) {
        String small = dump.toLowerCase(Locale.ROOT);
        Stream<String> base64 = Stream.of("", "x", "xy").map(StoredSecretsTest::base64Behind);
        return Stream.concat(Stream.of(CANARY), base64)
                .flatMap(form -> Stream.of(form, HexFormat.of().formatHex(form.getBytes(StandardCharsets.UTF_8))))
                .filter(form -> small.contains(form.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Without the characters at the ends that hold bits of what is around. */
    private static String base64Behind(String before) {
        String all =
                Base64.getEncoder().withoutPadding().encodeToString((before + CANARY).getBytes(StandardCharsets.UTF_8));
        return all.substring(before.isEmpty() ? 0 : before.length() + 1, all.length() - 1);
    }
}
