package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a client sees it, over HTTP, a real database and an IMAP server. */
@TestInstance(Lifecycle.PER_CLASS)
final class ApiTest {
    private static final String SECRET = "Zwiebelfisch-4711";
    private static final String NOBODY = UUID.randomUUID().toString();

    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", SECRET).user("bob", SECRET).start();
    private RunningServer server;
    private String account;

    @BeforeAll
    void connect(@TempDir Path data) {
        for (int i = 1; i <= 120; i++) {
            append("ada", "INBOX", SampleMail.named("inbox" + i).at(SampleMail.NOON.plusSeconds(i / 3)));
        }
        append(
                "ada",
                "Archive",
                SampleMail.named("html")
                        .subject("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=")
                        .content("Content-Type: text/html; charset=iso-8859-1", "", "<p>sch\u00f6n</p><p>ja</p>"));
        append("ada", "Archive", SampleMail.named("nul").subject("=?UTF-8?Q?a=00b?="));
        server = RunningServer.start(data);
        Answer answer = server.post("/api/v1/accounts", body("ada", SECRET));
        assertEquals(201, answer.status(), answer.text());
        account = answer.json().get("id").asString();
        assertEquals("/api/v1/accounts/" + account, answer.header("Location"));
        awaitState(account, "ok");
    }

    @AfterAll
    void close() {
        server.close();
        imap.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/accounts",
                "/api/v1/emails/x",
                "/api/nothing",
                "/api",
                "/actuator/prometheus",
                "/actuator/env"
            })
    void api_withoutTheToken_isRefused(String path) {
        for (String[] headers : List.of(
                new String[0],
                new String[] {"Authorization", "Bearer wrong"},
                new String[] {"Authorization", "Bearer " + server.token() + "x"},
                new String[] {"Authorization", "Basic " + server.token()})) {
            Answer answer = server.getWith(path, headers);
            assertEquals(401, answer.status());
            assertEquals("application/problem+json", answer.header("Content-Type"));
            assertTrue(answer.json().get("detail").asString().contains("Authorization"));
        }
    }

    @Test
    void metrics_countWhatClientsDid_andNameNobody() {
        Answer answer = server.get("/actuator/prometheus");
        assertEquals(200, answer.status());
        assertEquals("text/plain;version=0.0.4;charset=utf-8", answer.header("Content-Type"));
        List<String> lines = answer.text().lines().toList();
        for (String row : List.of(
                "steadymail_requests_seconds_count{lane=\"backfill\",operation=\"UID FETCH\",outcome=\"success\",provider=\"imap\"}",
                "steadymail_syncs_seconds_count{mode=\"full\",outcome=\"success\",provider=\"imap\"}",
                "steadymail_sync_changes_total{change=\"created\",provider=\"imap\"}")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(row) && !line.endsWith(" 0.0")), () -> row);
        }
        assertFalse(answer.text().contains("ada"), "a name of a user");
        assertFalse(answer.text().contains("127.0.0.1"), "a host");
        assertEquals(404, server.get("/actuator").status(), "nothing else of Spring Boot's actuator is there");
    }

    @Test
    void accounts_showStateAndNoSecret() {
        Answer answer = server.get("/api/v1/accounts");
        JsonNode shown = find(answer.json().get("items"), "id", account);
        assertTrue(answer.json().get("next").isNull());
        assertEquals(
                "imap://ada@127.0.0.1:" + imap.port() + "?tls=none",
                shown.get("url").asString());
        assertEquals("imap", shown.get("provider").asString());
        assertEquals("ada", shown.get("user").asString());
        assertEquals(122, shown.get("emails").asInt());
        assertTrue(shown.get("error").isNull());
        assertFalse(answer.text().contains(SECRET));
    }

    @Test
    void mailboxes_countTheirEmails() {
        JsonNode items =
                server.get("/api/v1/accounts/" + account + "/mailboxes").json().get("items");
        JsonNode inbox = find(items, "name", "INBOX");
        assertEquals("inbox", inbox.get("role").asString());
        assertEquals(120, inbox.get("total").asInt());
        assertEquals(120, inbox.get("unseen").asInt());
        assertEquals(2, find(items, "name", "Archive").get("total").asInt());
    }

    @Test
    void emails_pageByPage_areAllOfThemOnce_newestFirst() {
        for (String filter : List.of("", "&mailbox=" + mailbox("INBOX"))) {
            List<JsonNode> walked = walk("/api/v1/accounts/" + account + "/emails?limit=7" + filter);
            assertEquals(filter.isEmpty() ? 122 : 120, walked.size());
            Set<String> ids = new HashSet<>();
            walked.forEach(email -> ids.add(email.get("id").asString()));
            assertEquals(walked.size(), ids.size());
            List<String> times = walked.stream()
                    .map(email -> email.get("receivedAt").asString())
                    .toList();
            assertEquals(
                    times.stream().sorted(java.util.Comparator.reverseOrder()).toList(), times);
        }
    }

    @Test
    void emails_ofAnotherAccountsMailbox_areNotFound() {
        assertEquals(
                404,
                server.get("/api/v1/accounts/" + account + "/emails?mailbox=" + NOBODY)
                        .status());
        assertEquals(404, server.get("/api/v1/accounts/" + NOBODY + "/emails").status());
        assertEquals(
                404, server.get("/api/v1/accounts/" + NOBODY + "/mailboxes").status());
        assertEquals(404, server.get("/api/v1/accounts/" + NOBODY).status());
    }

    @Test
    void emails_withAWrongCursor_sayWhatACursorIs() {
        Answer answer = server.get("/api/v1/accounts/" + account + "/emails?after=nonsense");
        assertEquals(400, answer.status());
        assertTrue(answer.json().get("detail").asString().contains("next"));
    }

    @Test
    void email_ofHtml_isReadAsText() {
        JsonNode email = open("Gr\u00fc\u00dfe");
        assertEquals("sch\u00f6n\n\nja", email.at("/text/content").asString());
        assertFalse(email.at("/text/truncated").asBoolean());
        assertEquals("grace@example.org", email.at("/from/0/address").asString());
        assertEquals("<html@samples.example>", email.get("messageId").asString());
        assertEquals("ada@example.com", email.at("/to/0/address").asString());
        assertTrue(email.get("textProblem").isNull());
    }

    @Test
    void email_withACharacterThatNoDatabaseTakes_isStoredAllTheSame() {
        assertEquals("a\uFFFDb", open("a\uFFFDb").get("subject").asString());
    }

    @Test
    void raw_isByteForByte() {
        String id = open("Sample inbox1").get("id").asString();
        Answer raw = server.get("/api/v1/emails/" + id + "/raw");
        assertEquals(200, raw.status());
        assertEquals("message/rfc822", raw.header("Content-Type"));
        assertArrayEquals(imap.account("ada").messages("INBOX").get(0).bytes(), raw.bytes());
    }

    @Test
    void email_unknown_isNotFound() {
        assertEquals(404, server.get("/api/v1/emails/" + NOBODY).status());
        assertEquals(404, server.get("/api/v1/emails/" + NOBODY + "/raw").status());
        Answer noId = server.get("/api/v1/emails/nonsense");
        assertEquals(400, noId.status());
        assertEquals("application/problem+json", noId.header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":\"imaps://ada@mail.example.com\"}",
                "{\"url\":\"imaps://ada@mail.example.com\",\"secret\":\"\"}",
                "{\"url\":\"imaps://ada@mail.example.com\",\"secret\":\"x\",\"state\":\"ok\"}",
                "{\"url\":\"pop3://ada@mail.example.com\",\"secret\":\"x\"}",
                "{\"url\":\"imaps://ada:Hush@mail.example.com\",\"secret\":\"x\"}",
                "{\"url\":\"imaps://ada@mail.example.com?ca=file\",\"secret\":\"x\"}",
                "{\"url\":\"imaps://ada@mail.example.com\",\"secret\":\"x\",\"secretType\":\"cookie\"}",
                "{\"url\":\"gmail://ada@example.com\",\"secret\":\"x\",\"secretType\":\"password\"}",
                "{\"url\":\"imaps://ada@10.0.0.1\",\"secret\":\"x\"}",
                "{\"url\":\"gmail://ada@example.com?root=http://10.0.0.1/\",\"secret\":\"x\"}",
                "not json",
            })
    void connect_withSomethingWrong_isRefusedWithAProblem(String json) {
        Answer answer = server.post("/api/v1/accounts", json);
        assertTrue(answer.status() == 400 || answer.status() == 422, answer.status() + " " + answer.text());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertFalse(answer.text().contains("Hush"));
        assertFalse(answer.json().get("detail").asString().isBlank());
    }

    @Test
    void body_overTheLimit_isRefused_statedOrNot() {
        String fits = padded(64 << 10);
        String over = padded((64 << 10) + 1);
        for (Answer answer :
                List.of(server.post("/api/v1/accounts", over), server.postChunked("/api/v1/accounts", over))) {
            assertEquals(413, answer.status(), answer.text());
            assertEquals("application/problem+json", answer.header("Content-Type"));
            assertTrue(answer.json().get("detail").asString().contains("65536"));
        }
        for (Answer answer :
                List.of(server.post("/api/v1/accounts", fits), server.postChunked("/api/v1/accounts", fits))) {
            assertEquals(422, answer.status(), answer.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PUT /api/v1/accounts", "POST /api/v1/accounts", "DELETE /api/v1/accounts", "POST /health/live"})
    void body_ofAStranger_isNotWaitedFor(String route) {
        String answer = server.sendHead(
                route + " HTTP/1.1",
                "Host: localhost",
                "Content-Length: 90000000",
                "Content-Type: application/x-www-form-urlencoded");
        assertTrue(answer.startsWith(route.contains("/api/") ? "HTTP/1.1 401" : "HTTP/1.1 405"), answer);
    }

    @Test
    void body_nestedDeeply_isNotParsed() {
        JsonMapper json = server.bean(JsonMapper.class);
        assertEquals(1, json.readTree("[".repeat(30) + "]".repeat(30)).size());
        assertThrows(StreamConstraintsException.class, () -> json.readTree("[".repeat(33) + "]".repeat(33)));
    }

    @Test
    void connect_withASecretThatIsTooLong_saysTheLimit() {
        Answer answer = server.post("/api/v1/accounts", body("ada", "x".repeat((16 << 10) + 1)));
        assertEquals(422, answer.status());
        assertTrue(answer.json().get("detail").asString().startsWith("secret must have at most 16384 characters"));
    }

    @Test
    void connect_again_changesTheSecretOfTheSameAccount() {
        Answer wrong = server.post("/api/v1/accounts", unchecked("bob", "wrong"));
        String bob = wrong.json().get("id").asString();
        JsonNode refused = awaitState(bob, "reauth_required");
        assertEquals("AUTH", refused.at("/error/kind").asString());
        Answer again = server.post("/api/v1/accounts", body("bob", SECRET));
        assertEquals(200, again.status());
        assertEquals(bob, again.json().get("id").asString());
        awaitState(bob, "ok");
        assertEquals(204, server.delete("/api/v1/accounts/" + bob).status());
        assertEquals(404, server.delete("/api/v1/accounts/" + bob).status());
        assertEquals(404, server.get("/api/v1/accounts/" + bob).status());
    }

    @Test
    void newMail_appearsByItself() {
        append("ada", "Junk", SampleMail.named("later").subject("Later"));
        String junk = mailbox("Junk");
        JsonNode page = server.await(
                        "/api/v1/accounts/" + account + "/emails?mailbox=" + junk,
                        found -> found.get("items").size() == 1)
                .json();
        assertEquals("Later", page.at("/items/0/subject").asString());
        imap.account("ada").expunge("Junk", 1);
        server.await(
                "/api/v1/accounts/" + account + "/emails?mailbox=" + junk,
                found -> found.get("items").isEmpty());
    }

    @Test
    void health_isOpenAndShort() {
        assertEquals("{\"status\":\"up\"}", server.getWith("/health/live").text());
        assertEquals("{\"status\":\"up\"}", server.getWith("/health/ready").text());
        assertEquals("{\"status\":\"healthy\"}", server.getWith("/health").text());
    }

    @Test
    void openApi_describesEveryRoute() {
        JsonNode paths = server.getWith("/v3/api-docs").json().get("paths");
        Set<String> described = new TreeSet<>(paths.propertyNames());
        Set<String> routes = new TreeSet<>();
        Routes.of(server).forEach(route -> routes.add(route.path()));
        assertEquals(routes, described);
        assertTrue(routes.size() > 40, "all of them: " + routes);
    }

    @Test
    void answers_carryTheHeadersThatBrowsersNeed() {
        Answer page = server.getWith("/health/live");
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("", page.header("Set-Cookie"));
        assertEquals("", page.header("Server"));
    }

    private void append(String user, String mailbox, SampleMail mail) {
        imap.account(user).append(mailbox, mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
    }

    private String body(String user, String secret) {
        return "{\"url\":\"imap://" + user + "@127.0.0.1:" + imap.port() + "?tls=none\",\"secret\":\"" + secret + "\"}";
    }

    private String unchecked(String user, String secret) {
        return body(user, secret).replace("}", ",\"check\":false}");
    }

    private static String padded(int bytes) {
        String json = "{\"url\":\"pop3://ada@mail.example.com\",\"secret\":\"x\"}";
        return json + " ".repeat(bytes - json.length());
    }

    private JsonNode awaitState(String id, String state) {
        return server.await(
                        "/api/v1/accounts/" + id,
                        shown -> shown.get("state").asString().equals(state))
                .json();
    }

    private String mailbox(String name) {
        JsonNode items =
                server.get("/api/v1/accounts/" + account + "/mailboxes").json().get("items");
        return find(items, "name", name).get("id").asString();
    }

    private JsonNode open(String subject) {
        JsonNode listed = find(walk("/api/v1/accounts/" + account + "/emails?limit=200"), "subject", subject);
        return server.get("/api/v1/emails/" + listed.get("id").asString()).json();
    }

    private List<JsonNode> walk(String path) {
        List<JsonNode> walked = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    server.get(path + (next.isEmpty() ? "" : "&after=" + next)).json();
            page.get("items").forEach(walked::add);
            next = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!next.isEmpty());
        return walked;
    }

    private static JsonNode find(Iterable<JsonNode> items, String field, String value) {
        for (JsonNode item : items) {
            if (item.get(field).asString("").equals(value)) {
                return item;
            }
        }
        throw new AssertionError("no item with " + field + " "
                + new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
