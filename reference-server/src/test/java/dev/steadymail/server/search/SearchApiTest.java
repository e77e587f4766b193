package dev.steadymail.server.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Searches over HTTP, on mail from an IMAP server. */
@TestInstance(Lifecycle.PER_CLASS)
final class SearchApiTest {
    private static final String SECRET = "Zwiebelfisch-4711";

    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", SECRET).start();
    private RunningServer server;
    private String account;

    @BeforeAll
    void connect(@TempDir Path data) {
        append("INBOX", SampleMail.named("one").subject("Invoice of May").text("please pay the walrus soon"));
        append("INBOX", SampleMail.named("two").subject("Lunch").text("with the narwhal"));
        append("Archive", SampleMail.named("three").subject("Old invoices").text("paid"));
        server = RunningServer.start(data, TestDatabase.createUrl(), Map.of("steadymail.search.language", "english"));
        String url = "imap://ada@127.0.0.1:" + imap.port() + "?tls=none";
        account = server.post("/api/v1/accounts", "{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}")
                .json()
                .get("id")
                .asString();
        server.await(
                "/api/v1/accounts/" + account,
                shown -> shown.get("state").asString().equals("ok"));
    }

    @AfterAll
    void close() {
        server.close();
        imap.close();
    }

    @Test
    void words_inTheirLanguage_areFoundAndMarked() {
        JsonNode found = search("q=invoice&order=newest");
        assertEquals("fulltext", found.get("engine").asString());
        assertEquals(2, found.get("total").asInt());
        assertFalse(found.get("totalIsMore").asBoolean());
        assertTrue(found.get("next").isNull());
        for (JsonNode item : found.get("items")) {
            assertTrue(item.get("score").asDouble() > 0);
            assertEquals(account, item.get("accountId").asString());
            StringBuilder subject = new StringBuilder();
            StringBuilder hits = new StringBuilder();
            for (JsonNode segment : item.at("/highlights/subject")) {
                subject.append(segment.get("text").asString());
                hits.append(segment.get("hit").asBoolean() ? segment.get("text").asString() : "");
            }
            assertEquals(item.get("subject").asString(), subject.toString());
            assertTrue(List.of("Invoice", "invoices").contains(hits.toString()), hits.toString());
        }
    }

    @Test
    void text_isFoundOnceItWasRead_withASnippet() {
        String id = search("q=lunch").at("/items/0/id").asString();
        assertEquals(0, search("q=narwhal").get("total").asInt());
        assertEquals(200, server.get("/api/v1/emails/" + id).status());
        JsonNode found = server.await(
                        "/api/v1/search?q=narwhal",
                        answer -> answer.get("total").asInt() == 1)
                .json();
        assertEquals(id, found.at("/items/0/id").asString());
        assertEquals("with the ", found.at("/items/0/highlights/snippet/0/text").asString());
        assertEquals("narwhal", found.at("/items/0/highlights/snippet/1/text").asString());
        assertTrue(found.at("/items/0/highlights/snippet/1/hit").asBoolean());
    }

    @Test
    void provider_findsTextThatNobodyRead() {
        assertEquals(0, search("q=walrus").get("total").asInt());
        JsonNode found = search("engine=provider&q=walrus&account=" + account);
        assertEquals("provider", found.get("engine").asString());
        assertEquals("Invoice of May", found.at("/items/0/subject").asString());
        assertEquals(1, found.get("total").asInt());
        assertEquals(
                0,
                search("engine=provider&q=" + encoded("walrus in:archive") + "&account=" + account)
                        .get("total")
                        .asInt());
        assertEquals(
                1,
                search("engine=provider&q=" + encoded("in:archive is:unread") + "&account=" + account)
                        .get("total")
                        .asInt());
    }

    @Test
    void provider_withoutAnAccount_orWithOr_saysWhatHelps() {
        assertProblem(400, "account", "engine=provider&q=x");
        assertProblem(422, "OR", "engine=provider&account=" + account + "&q=" + encoded("a OR b"));
    }

    @Test
    void parts_areFound_andTheAnswerSaysSo() {
        JsonNode found = search("q=nvoic");
        assertEquals("substring", found.get("engine").asString());
        assertEquals(2, found.get("items").size());
        assertTrue(found.at("/items/0/highlights/subject").toString().contains("true"));
    }

    @Test
    void pages_followTheirCursor() {
        JsonNode first = search("q=invoice&limit=1");
        JsonNode second = search("q=invoice&limit=1&cursor=" + first.get("next").asString());
        assertTrue(second.get("next").isNull());
        assertFalse(first.at("/items/0/id")
                .asString()
                .equals(second.at("/items/0/id").asString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=yesterday",
                "larger=big",
                "order=oldest",
                "engine=magic",
                "cursor=x",
                "keyword=a%20b",
                "account=x",
                "limit=x",
                "hasAttachment=perhaps"
            })
    void parameters_thatAreWrong_areRefused(String query) {
        assertEquals(400, server.get("/api/v1/search?" + query).status());
    }

    @Test
    void account_thatIsNobodys_isNotFound() {
        assertEquals(
                404,
                server.get("/api/v1/search?q=x&account=" + UUID.randomUUID()).status());
    }

    @Test
    void parameters_narrow() {
        assertEquals(3, search("").get("total").asInt());
        assertEquals(
                3, search("notKeyword=$seen&account=" + account).get("total").asInt());
        assertEquals(0, search("hasAttachment=true").get("total").asInt());
        assertEquals(1, search("subject=lunch&smaller=1M").get("total").asInt());
        assertEquals(0, search("q=%22").get("total").asInt());
    }

    private void assertProblem(int status, String word, String query) {
        Answer answer = server.get("/api/v1/search?" + query);
        assertEquals(status, answer.status(), answer.text());
        assertTrue(answer.json().get("detail").asString().contains(word), answer.text());
    }

    private JsonNode search(String query) {
        Answer answer = server.get("/api/v1/search?" + query);
        assertEquals(200, answer.status(), answer.text());
        return answer.json();
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private void append(String mailbox, SampleMail mail) {
        imap.account("ada").append(mailbox, mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
    }
}
