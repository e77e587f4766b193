package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.SmtpPlace;
import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.accounts.ConnectedAccounts.Connected;
import dev.steadymail.server.accounts.ServerFinder.Found;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.smtp.SmtpServer.Security;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts as a client of the API sees them: checked, changed, synced, explained. */
@TestInstance(Lifecycle.PER_CLASS)
final class AccountApiTest {
    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String SECRET = "Zwiebelfisch-4711";
    private static final long PATIENCE_MILLIS = 1_000;
    private static final String NOBODY = UUID.randomUUID().toString();

    private final ImapTestServer imap = ImapTestServer.builder()
            .user("ada", SECRET)
            .user("bob", SECRET)
            .user("carl", SECRET)
            .user("dora", SECRET)
            .user("erna", SECRET)
            .user("fritz", SECRET)
            .user("gerd@example.com", SECRET)
            .start();
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path data) {
        server = RunningServer.start(
                data,
                TestDatabase.createUrl(),
                Map.of(
                        "steadymail.accounts.connect-timeout",
                        PATIENCE_MILLIS + "ms",
                        "steadymail.sync.interval",
                        "1h"));
    }

    @AfterAll
    void close() {
        server.close();
        imap.close();
    }

    @Test
    void connect_withAWrongPassword_isRefused_withKindAndRemedy_andKeepsNothing() {
        Answer answer = server.post(ACCOUNTS, body("ada", "Hush", ""));
        assertEquals(422, answer.status(), answer.text());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("AUTH", answer.json().get("kind").asString());
        assertFalse(answer.json().get("retryable").asBoolean());
        assertFalse(answer.json().get("remedy").asString().isBlank());
        assertFalse(answer.text().contains("Hush"));
        assertFalse(server.get(ACCOUNTS).text().contains("ada@127"));
    }

    @Test
    void connect_unchecked_keepsTheAccount_andSaysLaterWhatIsWrong() {
        Answer answer = server.post(ACCOUNTS, body("bob", "Hush", ",\"check\":false"));
        assertEquals(201, answer.status(), answer.text());
        String bob = answer.json().get("id").asString();
        JsonNode status = await(bob, "reauth_required");
        assertEquals("AUTH", status.at("/reason/kind").asString());
        assertFalse(status.at("/reason/remedy").asString().isBlank());
        assertEquals(1, status.get("failures").asInt());

        Answer wrong = server.patch(ACCOUNTS + "/" + bob, "{\"secret\":\"Hush again\"}");
        assertEquals(422, wrong.status(), wrong.text());
        assertEquals("AUTH", wrong.json().get("kind").asString());
        Answer right = server.patch(ACCOUNTS + "/" + bob, "{\"secret\":\"" + SECRET + "\"}");
        assertEquals(200, right.status(), right.text());
        assertTrue(await(bob, "ok").get("reason").isNull());
    }

    /** Threat 16: what stands in the network is not told by words, nor by time. */
    @Test
    void connect_closedFilteredAndForbidden_getTheSameAnswer() throws IOException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, Long> millis = new LinkedHashMap<>();
        try (FilteredPort filtered = new FilteredPort()) {
            for (String url : List.of(
                    "imap://ada@127.0.0.1:" + closedPort() + "?tls=none",
                    "imap://ada@127.0.0.1:" + filtered.port() + "?tls=none",
                    "imaps://ada@127.0.0.1:" + imap.port(),
                    "imaps://ada@10.0.0.1",
                    "imaps://ada@169.254.169.254",
                    "imaps://ada@2130706433")) {
                long begin = System.nanoTime();
                answers.put(url, server.post(ACCOUNTS, "{\"url\":\"" + url + "\",\"secret\":\"x\"}"));
                millis.put(url, (System.nanoTime() - begin) / 1_000_000);
            }
        }
        assertEquals(
                1,
                answers.values().stream().map(Answer::text).distinct().count(),
                () -> answers.values().stream().map(Answer::text).toList().toString());
        answers.forEach((url, answer) -> assertEquals(422, answer.status(), url));
        millis.forEach((url, took) -> assertTrue(took >= PATIENCE_MILLIS, () -> url + " took " + took));
    }

    @Test
    void connect_atAPortThatIsNotMails_isRefused() {
        for (String url : List.of("imap://ada@127.0.0.1:22?tls=none", "imaps://ada@8.8.8.8:6379")) {
            Answer answer = server.post(ACCOUNTS, "{\"url\":\"" + url + "\",\"secret\":\"x\"}");
            assertEquals(422, answer.status(), answer.text());
            assertTrue(answer.json().get("detail").asString().contains("steadymail.accounts.allowed-ports"));
        }
    }

    @Test
    void connect_withDetails_showsThem_andPatchChangesThem() {
        Answer answer = server.post(
                ACCOUNTS,
                body(
                        "carl",
                        SECRET,
                        ",\"name\":\"Work\",\"priority\":\"low\",\"smtp\":\"smtp://127.0.0.1:2525?tls=none\""));
        assertEquals(201, answer.status(), answer.text());
        String path = ACCOUNTS + "/" + answer.json().get("id").asString();
        assertEquals("Work", answer.json().get("name").asString());
        assertEquals("low", answer.json().get("priority").asString());
        assertEquals("smtp://127.0.0.1:2525?tls=none", answer.json().get("smtp").asString());

        JsonNode changed =
                server.patch(path, "{\"priority\":\"high\",\"smtp\":\"\"}").json();
        assertEquals("Work", changed.get("name").asString());
        assertEquals("high", changed.get("priority").asString());
        assertTrue(changed.get("smtp").isNull());
        assertEquals(changed.get("url"), answer.json().get("url"));
        JsonNode again = server.post(ACCOUNTS, body("carl", SECRET, "")).json();
        assertEquals("Work", again.get("name").asString(), "connecting again takes nothing away");
        assertEquals("high", again.get("priority").asString());
        assertEquals("medium", connect("dora").get("priority").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"priority\":\"urgent\"}",
                "{\"smtp\":\"smtps://10.0.0.1\"}",
                "{\"smtp\":\"smtps://127.0.0.1:25\"}",
                "{\"smtp\":\"https://mail.example.com\"}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"secretType\":\"password\"}",
                "{\"secret\":\"\"}",
                "{\"url\":\"imaps://ada@mail.example.com\"}",
                "[]",
            })
    void patch_withSomethingWrong_isRefusedWithAProblem(String json) {
        String path = ACCOUNTS + "/" + connect("dora").get("id").asString();
        JsonNode before = details(server.get(path).json());
        Answer answer = server.patch(path, json);
        assertTrue(answer.status() == 400 || answer.status() == 422, answer.status() + " " + answer.text());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(before, details(server.get(path).json()));
    }

    /** Threat 2: no field of an answer changes anything when it is sent back, but those that are there to be changed. */
    @Test
    void fieldsOfAnswers_sentBack_changeNothingThatIsProtected() {
        String id = connect("dora").get("id").asString();
        String path = ACCOUNTS + "/" + id;
        JsonNode status = await(id, "ok");
        JsonNode view = server.get(path).json();
        Set<String> mayChange = Set.of("name", "priority", "smtp");
        Set<String> fields = new TreeSet<>(view.propertyNames());
        fields.addAll(status.propertyNames());
        fields.addAll(List.of("organisation", "organisation_id", "organisationId", "identity", "login", "since"));
        fields.removeAll(mayChange);
        JsonMapper json = new JsonMapper();
        for (String field : fields) {
            String value = field.equals("url") || !view.has(field) ? "\"x\"" : json.writeValueAsString(view.get(field));
            String sent = "{\"" + field + "\":" + value + "}";
            assertEquals(400, server.patch(path, sent).status(), sent);
            if (!field.equals("url")) {
                assertEquals(
                        400,
                        server.post(ACCOUNTS, body("dora", SECRET, ",\"" + field + "\":" + value))
                                .status(),
                        sent);
            }
        }
        JsonNode after = server.get(path).json();
        for (String field : List.of("id", "url", "provider", "user", "createdAt")) {
            assertEquals(view.get(field), after.get(field), field);
        }
    }

    @Test
    void syncNow_readsWhatIsNew_longBeforeItsTime() {
        String id = connect("erna").get("id").asString();
        JsonNode before = await(id, "ok");
        assertEquals(0, before.get("emails").asInt());
        SampleMail mail = SampleMail.named("new");
        imap.account("erna")
                .append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
        for (int times = 0; times < 3; times++) {
            assertEquals(202, server.post(ACCOUNTS + "/" + id + "/sync", "").status());
        }
        JsonNode after = server.await(
                        ACCOUNTS + "/" + id + "/status",
                        status -> status.get("emails").asInt() == 1)
                .json();
        assertEquals(0, after.get("parked").asInt());
        assertEquals(before.get("since"), after.get("since"), "it was ok all the time");
    }

    @Test
    void status_tellsWhatTheLastSyncDid() {
        SampleMail mail = SampleMail.named("first");
        imap.account("fritz")
                .append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
        String id = connect("fritz").get("id").asString();
        JsonNode status = await(id, "ok");
        assertEquals(1, status.at("/lastSync/created").asInt());
        assertEquals(0, status.at("/lastSync/destroyed").asInt());
        assertFalse(status.get("since").asString().isBlank());
        assertFalse(status.get("nextSyncAt").isNull());
        JsonNode line = line(server.get("/api/accounts/status").json(), id);
        assertEquals(
                Set.of("id", "state", "reason", "lastSyncedAt", "nextSyncAt", "emails"),
                Set.copyOf(line.propertyNames()));
        assertEquals("ok", line.get("state").asString());
        assertEquals(1, line.get("emails").asInt());
    }

    @Test
    void explain_saysWhatTheGuardSays_andNamesNobody() {
        String id = connect("ada").get("id").asString();
        Answer answer = server.await(
                ACCOUNTS + "/" + id + "/explain",
                facts -> !facts.get("lastSuccess").isNull());
        JsonNode facts = answer.json();
        assertFalse(facts.get("text").asString().isBlank());
        assertTrue(facts.get("maxInFlight").asInt() > 0);
        assertEquals("CLOSED", facts.at("/circuits/0/state").asString());
        assertFalse(answer.text().contains("ada@"));
        assertFalse(answer.text().contains("127.0.0.1"));
    }

    @Test
    void priority_isTheJobs() {
        String id = connect("ada").get("id").asString();
        JdbcTemplate jdbc = server.bean(JdbcTemplate.class);
        await(id, "ok");
        for (Priority priority : List.of(Priority.LOW, Priority.HIGH, Priority.MEDIUM)) {
            server.patch(ACCOUNTS + "/" + id, "{\"priority\":\"" + priority.text() + "\"}");
            assertEquals(
                    priority.rank(),
                    jdbc.queryForObject(
                            "select priority from scheduled_tasks where task_instance = ?", Integer.class, id));
            JsonNode settled = server.await(
                            ACCOUNTS + "/" + id + "/status",
                            status -> status.get("nextSyncAt")
                                            .asString()
                                            .compareTo(java.time.Instant.now().toString())
                                    > 0)
                    .json();
            assertEquals(priority.text(), settled.get("priority").asString());
        }
    }

    @Test
    void list_pageByPage_isEveryAccountOnce() {
        for (String user : List.of("ada", "dora", "erna")) {
            connect(user);
        }
        List<String> whole = ids(server.get(ACCOUNTS).json());
        for (String path : List.of(ACCOUNTS, "/api/accounts/status")) {
            List<String> walked = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = server.get(path + "?limit=2" + next).json();
                assertTrue(page.get("items").size() <= 2);
                walked.addAll(ids(page));
                next = page.get("next").isNull()
                        ? ""
                        : "&after=" + page.get("next").asString();
            } while (!next.isEmpty());
            assertEquals(whole, walked);
            assertEquals(400, server.get(path + "?after=nonsense").status());
        }
    }

    @Test
    void unknownAccount_isNotFound() {
        for (String below : List.of("/status", "/explain")) {
            assertEquals(404, server.get(ACCOUNTS + "/" + NOBODY + below).status(), below);
        }
        assertEquals(404, server.post(ACCOUNTS + "/" + NOBODY + "/sync", "").status());
        assertEquals(
                404, server.patch(ACCOUNTS + "/" + NOBODY, "{\"name\":\"x\"}").status());
    }

    @Test
    void discover_ofAKnownProvider_asksNobody() {
        JsonNode found = server.post(ACCOUNTS + "/discover", "{\"email\":\"ada@gmail.com\"}")
                .json();
        assertEquals(
                "imaps://ada@gmail.com@imap.gmail.com", found.at("/items/0/url").asString());
        assertEquals("smtps://smtp.gmail.com:465", found.at("/items/0/smtp").asString());
        assertEquals("provider", found.at("/items/0/source").asString());
        assertEquals("high", found.at("/items/0/confidence").asString());
        for (String wrong :
                List.of("{}", "{\"email\":\"ada\"}", "{\"email\":\"ada@localhost\"}", "{\"email\":\"a@127.0.0.1\"}")) {
            assertEquals(422, server.post(ACCOUNTS + "/discover", wrong).status(), wrong);
        }
    }

    @Test
    void connect_byAddress_atAProviderWithoutPasswords_saysSo() {
        Answer answer = server.post(ACCOUNTS, "{\"email\":\"ada@outlook.com\",\"secret\":\"Hush\"}");
        assertEquals(422, answer.status());
        assertTrue(answer.json().get("detail").asString().contains("OAuth"), answer.text());
    }

    @Test
    void connect_byAddress_goesToThePlaceThatIsFound() {
        ImapUrl gone = place("gerd@example.com", 1);
        ImapUrl there = place("gerd@example.com", imap.port());
        SmtpPlace smtp = new SmtpPlace("127.0.0.1", 2525, Security.NONE_LOOPBACK_ONLY);
        AccountChecks checks = finding(
                new Found(there, smtp, true, false, null),
                new Found(place("gerd@example.com", 65_000), null, true, true, null),
                new Found(there, smtp, true, true, null));
        assertThrows(
                UnusableAccountException.class,
                () -> connect(finding(new Found(gone, null, true, true, null)), SECRET));
        Connected connected = connect(checks, SECRET);
        assertTrue(connected.created());
        assertEquals(there, connected.account().url());
        assertEquals(smtp, connected.account().submission());
        RefusedLoginException refused = assertThrows(
                RefusedLoginException.class,
                () -> connect(finding(new Found(there, null, true, true, "Take an app password")), "Hush"));
        assertTrue(String.valueOf(refused.getMessage()).contains("Take an app password"));
    }

    /** A forged answer of a name server must not be enough to be shown a password. */
    @Test
    void connect_byAddress_showsNoSecretToAPlaceThatNobodyLookedAt() {
        imap.clearLog();
        AccountChecks checks = finding(new Found(place("gerd@example.com", imap.port()), null, true, false, null));
        assertThrows(UnreachableHostException.class, () -> connect(checks, "Hush-4711"));
        assertTrue(imap.log().stream().noneMatch(command -> command.contains("gerd")), imap.log()::toString);
    }

    private AccountChecks finding(Found... found) {
        return new AccountChecks(
                server.bean(ConnectedAccounts.class),
                email -> List.of(found),
                server.bean(PortPolicy.class),
                server.bean(LoginCheck.class),
                new ChecksAtOnce());
    }

    private static Connected connect(AccountChecks checks, String secret) {
        ConnectRequest request =
                new ConnectRequest(null, secret, null, null, null, "gerd@example.com", null, null, null, null);
        return Tenancy.in(Caller.OPERATORS, () -> checks.connect(request));
    }

    private static ImapUrl place(String user, int port) {
        return (ImapUrl) AccountUrl.parse("imap://" + user + "@127.0.0.1:" + port + "?tls=none");
    }

    private JsonNode connect(String user) {
        Answer answer = server.post(ACCOUNTS, body(user, SECRET, ""));
        assertTrue(answer.status() == 201 || answer.status() == 200, answer.text());
        return answer.json();
    }

    private String body(String user, String secret, String more) {
        return "{\"url\":\"imap://" + user + "@127.0.0.1:" + imap.port() + "?tls=none\",\"secret\":\"" + secret + "\""
                + more + "}";
    }

    private JsonNode await(String id, String state) {
        return server.await(
                        ACCOUNTS + "/" + id + "/status",
                        status -> status.get("state").asString().equals(state))
                .json();
    }

    private static JsonNode details(JsonNode view) {
        return new JsonMapper()
                .createArrayNode()
                .add(view.get("name"))
                .add(view.get("priority"))
                .add(view.get("smtp"))
                .add(view.get("url"));
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("items").forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }

    private static JsonNode line(JsonNode page, String id) {
        for (JsonNode item : page.get("items")) {
            if (item.get("id").asString().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("not in the list");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 50, here())) {
            return closed.getLocalPort();
        }
    }

    private static InetAddress here() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** A port that lets every attempt wait, as a firewall that drops packets does: its queue is full, and nobody takes from it. */
    private static final class FilteredPort implements AutoCloseable {
        private static final int ENOUGH = 16;

        private final ServerSocket listener = new ServerSocket(0, 1, here());
        private final List<Socket> queued = new ArrayList<>();

        FilteredPort() throws IOException {
            for (int i = 0; i < ENOUGH; i++) {
                Socket socket = new Socket();
                try {
                    socket.connect(new InetSocketAddress(here(), port()), (int)
                            Duration.ofMillis(200).toMillis());
                    queued.add(socket);
                } catch (SocketTimeoutException full) {
                    socket.close();
                    return;
                }
            }
            throw new IOException("the queue does not fill up");
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        }
    }
}
