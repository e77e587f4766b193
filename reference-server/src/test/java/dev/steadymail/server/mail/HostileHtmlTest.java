package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What attackers write, from an IMAP server to the answers that a browser would show. */
@TestInstance(Lifecycle.PER_CLASS)
final class HostileHtmlTest {
    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", "secret").start();
    private final List<JsonNode> emails = new ArrayList<>();
    private RunningServer server;

    @BeforeAll
    void connect(@TempDir Path data) throws IOException {
        List<String> vectors = HostileVectors.all();
        for (int i = 0; i < vectors.size(); i++) {
            SampleMail mail = SampleMail.named("v" + i).content(lines(vectors.get(i)));
            imap.account("ada")
                    .append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
        }
        server = RunningServer.start(data);
        String account = server.post(
                        "/api/v1/accounts",
                        "{\"url\":\"imap://ada@127.0.0.1:" + imap.port() + "?tls=none\",\"secret\":\"secret\"}")
                .json()
                .get("id")
                .asString();
        server.await("/api/v1/accounts/" + account, shown -> shown.get("emails").asInt() == vectors.size());
        for (String path = "/api/v1/accounts/" + account + "/emails?limit=200"; !path.isEmpty(); ) {
            JsonNode page = server.get(path).json();
            page.get("items").forEach(emails::add);
            path = page.get("next").isNull()
                    ? ""
                    : "/api/v1/accounts/" + account + "/emails?limit=200&after="
                            + page.get("next").asString();
        }
        assertEquals(vectors.size(), emails.size());
    }

    @AfterAll
    void close() {
        server.close();
        imap.close();
    }

    /** The checks below would prove nothing if they let these pass. */
    @Test
    void vectors_asTheyCome_areFoundDangerous() {
        List<String> missed = HostileVectors.BUILT_IN.stream()
                .filter(vector -> InertHtml.faults(vector).isEmpty())
                .toList();
        assertTrue(missed.size() <= 2, "not found: " + missed);
    }

    @Test
    void threat27And29_html_hasNothingThatRunsOrLoads_andStaysSo() {
        for (JsonNode email : emails) {
            Answer answer = server.get("/api/v1/emails/" + email.get("id").asString() + "/html");
            assertEquals(200, answer.status(), answer.text());
            assertTrue(answer.header("Content-Type").startsWith("application/json"));
            String html = answer.json().get("html").asString();
            String subject = email.get("subject").asString();
            assertEquals(List.of(), InertHtml.faults(html), subject);
            assertEquals(html, HtmlSanitizer.create().sanitize(html).html(), subject);
        }
    }

    @Test
    void threat27And29_view_hasNothingThatRunsOrLoads_andMayNot() {
        for (JsonNode email : emails) {
            Answer answer = server.get("/api/v1/emails/" + email.get("id").asString() + "/view");
            assertEquals(200, answer.status());
            assertEquals(
                    List.of(),
                    InertHtml.faults(answer.text()),
                    email.get("subject").asString());
            assertTrue(answer.header("Content-Type").startsWith("text/html"));
            assertEquals(
                    List.of("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
                            + " frame-ancestors 'none'; base-uri 'none'"),
                    answer.response().headers().allValues("Content-Security-Policy"));
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("no-referrer", answer.header("Referrer-Policy"));
        }
    }

    @Test
    void html_countsWhatItDidNotLoad() {
        long blocked = emails.stream()
                .map(email -> server.get("/api/v1/emails/" + email.get("id").asString() + "/html")
                        .json())
                .filter(view -> view.get("blockedResources").asInt() > 0)
                .count();
        assertTrue(blocked >= 10, "only " + blocked);
    }

    private static String[] lines(String html) {
        List<String> lines = new ArrayList<>(
                List.of("Content-Type: text/html; charset=iso-8859-1", "Content-Transfer-Encoding: base64", ""));
        String encoded = Base64.getMimeEncoder().encodeToString(html.getBytes(StandardCharsets.ISO_8859_1));
        lines.addAll(encoded.lines().toList());
        return lines.toArray(String[]::new);
    }
}
