package dev.steadymail.server.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.accounts.UnknownAccountException;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.testkit.imap.ImapTestMessage;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.smtp.SmtpFault;
import dev.steadymail.testkit.smtp.SmtpMessage;
import dev.steadymail.testkit.smtp.SmtpTestServer;
import dev.steadymail.testkit.smtp.SmtpTimes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sending and drafts as a client sees them: over HTTP, a real database, an IMAP and a submission server. */
@TestInstance(Lifecycle.PER_CLASS)
final class SendingTest {
    private static final String SECRET = "Zwiebelfisch-4711";
    private static final String ADA = "ada@example.com";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final ImapTestServer imap = ImapTestServer.builder()
            .user(ADA, SECRET)
            .user("bob@example.com", SECRET)
            .start();
    private final SmtpTestServer smtp = SmtpTestServer.builder()
            .user(ADA, SECRET)
            .user("bob@example.com", SECRET)
            .start();
    private RunningServer server;
    private String account;

    @BeforeAll
    void connect(@TempDir Path data) {
        server = RunningServer.start(data, TestDatabase.createUrl(), Map.of("steadymail.limits.sends-per-hour", "200"));
        account = connect(server, ADA);
    }

    @AfterAll
    void close() {
        server.close();
        smtp.close();
        imap.close();
    }

    @Test
    void send_anEmail_arrivesOnce_andTheSameKeyAnswersTheSame() {
        String subject = unique();
        String body = email(subject, "to", "bob@example.org");
        Answer first = send(body, "order-" + subject);
        assertEquals(202, first.status(), first.text());
        Answer second = send(body, "order-" + subject);
        assertEquals(202, second.status(), second.text());
        for (String field : List.of("key", "createdAt", "subject", "recipients", "size")) {
            assertEquals(first.json().get(field), second.json().get(field), field);
        }
        String path = first.header("Location");
        assertEquals("/api/v1/outbox/order-" + subject + "?account=" + account, path);
        JsonNode sent =
                server.await(path, entry -> entry.get("settled").asBoolean()).json();
        assertEquals("SENT", sent.get("state").asString());

        Answer third = send(body, "order-" + subject);
        assertEquals("SENT", third.json().get("state").asString());
        assertEquals(List.of("bob@example.org"), only(subject).envelope().addresses());
        assertEquals(ADA, only(subject).envelope().user());
        assertEquals(
                409,
                send(email(subject, "to", "eve@example.org"), "order-" + subject)
                        .status());
        assertEquals(1, arrived(subject).size());
    }

    @Test
    void send_withAttachments_carriesThem() {
        String subject = unique();
        String content = Base64.getEncoder().encodeToString(new byte[9_000_000]);
        Answer answer = server.post(
                path("/send"),
                JSON.writeValueAsString(Map.of(
                        "to",
                        List.of(Map.of("address", "bob@example.org")),
                        "subject",
                        subject,
                        "text",
                        "See the file.",
                        "attachments",
                        List.of(Map.of(
                                "fileName", "zeros.bin", "type", "application/x-zeros", "contentBase64", content)))));
        assertEquals(202, answer.status(), answer.text());
        await(() -> arrived(subject).size() == 1);
        assertTrue(only(subject).size() > 12_000_000);
        assertTrue(text(only(subject)).contains("application/x-zeros"));
    }

    /** By its stated length: a client that sends on would find the connection cut, and the answer with it. */
    @Test
    void send_moreThan36MiB_isRefused() {
        assertTrue(server.sendHead(
                        "POST " + path("/send") + " HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + server.token(),
                        "Content-Type: application/json",
                        "Content-Length: " + ((36 << 20) + 1))
                .startsWith("HTTP/1.1 413"));
        assertEquals(
                413,
                server.post("/api/v1/accounts", "{\"url\":\"" + "x".repeat(70_000) + "\"}")
                        .status());
    }

    @Test
    void cancel_beforeItLeaves_keepsItFromLeaving() {
        String subject = unique();
        Instant later = Instant.now().plus(Duration.ofHours(1));
        Answer answer = server.postWith(
                path("/send"),
                JSON.writeValueAsString(Map.of(
                        "to", List.of(Map.of("address", "bob@example.org")),
                        "subject", subject,
                        "sendAt", later.toString())),
                "Idempotency-Key",
                subject);
        assertEquals("QUEUED", answer.json().get("state").asString(), answer.text());
        assertEquals(later, Instant.parse(answer.json().get("dueAt").asString()));
        Answer cancelled = server.post(entry(subject, "/cancel"), "");
        assertEquals("CANCELLED", cancelled.json().get("state").asString(), cancelled.text());
        assertEquals(200, server.post(entry(subject, "/cancel"), "").status(), "it is harmless when repeated");
        assertEquals(409, server.post(entry(subject, "/retry"), "").status());
        assertTrue(arrived(subject).isEmpty());
        assertTrue(server.get(path("/outbox")).text().contains(subject));
    }

    @Test
    void cancel_afterItLeft_isAConflict() {
        String subject = unique();
        assertEquals(202, send(email(subject, "to", "bob@example.org"), subject).status());
        server.await(entry(subject, ""), entry -> entry.get("settled").asBoolean());
        assertEquals(409, server.post(entry(subject, "/cancel"), "").status());
        assertEquals(404, server.post(entry("nothing", "/cancel"), "").status());
    }

    @Test
    void send_theServerClosesBeforeItLeft_andStartsAgain_arrivesOnce(@TempDir Path data) {
        String subject = unique();
        String database = TestDatabase.createUrl();
        String bob;
        try (RunningServer first = RunningServer.start(data, database, Map.of())) {
            bob = connect(first, "bob@example.com");
            Answer answer = first.postWith(
                    "/api/v1/accounts/" + bob + "/send",
                    JSON.writeValueAsString(Map.of(
                            "to", List.of(Map.of("address", "carol@example.org")),
                            "subject", subject,
                            "sendAt", Instant.now().plusSeconds(2).toString())),
                    "Idempotency-Key",
                    subject);
            assertEquals(202, answer.status(), answer.text());
        }
        assertTrue(arrived(subject).isEmpty(), "it had not left");
        try (RunningServer second = RunningServer.start(data, database, Map.of())) {
            second.await(
                    "/api/v1/outbox/" + subject + "?account=" + bob,
                    entry -> entry.get("state").asString().equals("SENT"));
            assertEquals(1, arrived(subject).size());
            assertEquals(204, second.delete("/api/v1/accounts/" + bob).status());
            assertEquals(
                    404,
                    second.get("/api/v1/outbox/" + subject + "?account=" + bob).status());
        }
    }

    @Test
    void send_theAnswerIsLost_isUnknown_thenFoundAmongTheSentOrNot_andNeverSentTwiceByItself() {
        String subject = unique();
        smtp.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
        assertEquals(202, send(email(subject, "to", "bob@example.org"), subject).status());
        server.await(entry(subject, ""), entry -> entry.get("state").asString().equals("UNKNOWN"));
        assertEquals(409, server.post(entry(subject, "/retry"), "").status(), "it is still looked for");
        assertEquals(1, arrived(subject).size());
    }

    @Test
    void draft_isSavedByTwoEditors_theSecondIsTold() {
        String subject = unique();
        Answer created = server.post(path("/drafts"), email(subject, "to", "bob@example.org"));
        assertEquals(201, created.status(), created.text());
        String draft = created.header("Location");
        String etag = created.header("ETag");
        assertEquals(etag, server.get(draft).header("ETag"));
        assertEquals(428, server.putWith(draft, email("x" + subject)).status());

        Answer saved = server.putWith(draft, email("2" + subject), "If-Match", etag);
        assertEquals(200, saved.status(), saved.text());
        assertEquals(
                412,
                server.putWith(draft, email("3" + subject), "If-Match", etag).status());
        assertEquals("2" + subject, server.get(draft).json().get("subject").asString());
        assertEquals(1, drafts(subject).size());

        assertEquals(412, server.deleteWith(draft, "If-Match", etag).status());
        assertEquals(
                204, server.deleteWith(draft, "If-Match", saved.header("ETag")).status());
        assertEquals(404, server.get(draft).status());
        assertEquals(0, drafts(subject).size());
    }

    @Test
    void draft_changedByAnotherProgram_isAConflict() {
        String subject = unique();
        Answer created = server.post(path("/drafts"), email(subject));
        imap.account(ADA).expunge("Drafts", drafts(subject).get(0).uid());

        Answer late = server.putWith(created.header("Location"), email(subject), "If-Match", created.header("ETag"));

        assertEquals(409, late.status(), late.text());
        assertEquals(0, drafts(subject).size(), "nothing of it was kept");
    }

    @Test
    void draft_withAFile_keepsItWhenSavedAgain_isListed_andGoesOnceItWasSent() {
        String subject = unique();
        String file = Base64.getEncoder().encodeToString("draft file".getBytes(StandardCharsets.US_ASCII));
        Answer created = server.post(
                path("/drafts"),
                JSON.writeValueAsString(Map.of(
                        "subject",
                        subject,
                        "html",
                        "<p onclick=\"evil()\">Hello<script>evil()</script></p>",
                        "attachments",
                        List.of(Map.of("fileName", "notes.txt", "type", "text/plain", "contentBase64", file)))));
        assertEquals(201, created.status(), created.text());
        String draft = created.header("Location");
        JsonNode shown = server.get(draft).json();
        assertFalse(shown.get("html").asString().contains("evil"), "hostile HTML is not given to an editor");
        String part = shown.get("attachments").get(0).get("partId").asString();

        Answer saved = server.putWith(
                draft,
                JSON.writeValueAsString(Map.of(
                        "to", List.of(Map.of("name", "Bob", "address", "bob@example.org")),
                        "bcc", List.of(Map.of("address", "secret@example.org")),
                        "subject", subject,
                        "text", "Here it is.",
                        "attachments", List.of(Map.of("partId", part)))),
                "If-Match",
                created.header("ETag"));
        assertEquals(200, saved.status(), saved.text());
        assertTrue(server.get(path("/drafts")).text().contains(subject));

        String id = shown.get("id").asString();
        Answer sent = send("{\"draftId\":\"" + id + "\"}", subject);
        assertEquals(202, sent.status(), sent.text());
        assertEquals(subject, sent.json().get("subject").asString());
        await(() -> arrived(subject).size() == 1 && drafts(subject).isEmpty());
        assertEquals(
                List.of("bob@example.org", "secret@example.org"),
                only(subject).envelope().addresses());
        assertTrue(text(only(subject)).contains("notes.txt"));
        assertFalse(text(only(subject)).contains("secret@"), "hidden recipients stay hidden");
        assertEquals(
                202, send("{\"draftId\":\"" + id + "\"}", subject).status(), "the same answer although it is gone");
        assertEquals(404, send("{\"draftId\":\"" + id + "\"}", subject + "2").status());
        assertEquals(1, arrived(subject).size());
    }

    @Test
    void draft_goesOnce_whateverTheKeys_untilItIsTakenBack() {
        String subject = unique();
        Answer created = server.post(
                path("/drafts"),
                JSON.writeValueAsString(
                        Map.of("to", List.of(Map.of("address", "bob@example.org")), "subject", subject, "text", "x")));
        assertEquals(201, created.status(), created.text());
        String body = JSON.writeValueAsString(Map.of(
                "draftId", created.json().get("id").asString(),
                "sendAt", Instant.now().plusSeconds(3_600).toString()));
        assertEquals(202, send(body, subject).status());
        Answer other = send(body, subject + "-other");
        assertEquals(409, other.status());
        assertTrue(other.text().contains(subject), "names the entry there is: " + other.text());
        assertEquals(202, send(body, subject).status(), "the same key is the same entry");
        assertEquals(200, server.post(entry(subject, "/cancel"), "").status());
        assertEquals(202, send(body, subject + "-third").status());
        assertEquals(200, server.post(entry(subject + "-third", "/cancel"), "").status());
    }

    /** Controls of every kind, in every field that becomes part of a header. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n", "\0", "\u0085", "\u2028", "\u007f", "\ud800"})
    void send_aControlInAHeaderField_isRefused(String control) {
        String evil = control + "Bcc: eve@example.org";
        Map<String, Object> bob = Map.of("address", "bob@example.org");
        String file = Base64.getEncoder().encodeToString(new byte[3]);
        List<Map<String, Object>> bodies = List.of(
                Map.of("to", List.of(bob), "subject", "x" + evil),
                Map.of("to", List.of(Map.of("address", "bob@example.org" + evil))),
                Map.of("to", List.of(Map.of("address", "\"b" + control + "\"@example.org"))),
                Map.of("to", List.of(Map.of("name", "x" + evil, "address", "bob@example.org"))),
                Map.of("to", List.of(bob), "cc", List.of(Map.of("name", "x" + evil, "address", "c@example.org"))),
                Map.of("to", List.of(bob), "bcc", List.of(Map.of("address", "c@example.org" + evil))),
                Map.of("to", List.of(bob), "from", Map.of("name", "x" + evil, "address", ADA)),
                Map.of("to", List.of(bob), "from", Map.of("address", ADA + evil)),
                Map.of(
                        "to",
                        List.of(bob),
                        "attachments",
                        List.of(Map.of("fileName", "x" + evil, "contentBase64", file))),
                Map.of(
                        "to",
                        List.of(bob),
                        "attachments",
                        List.of(Map.of("fileName", "x", "type", "text/plain" + evil, "contentBase64", file))));
        for (int i = 0; i < bodies.size(); i++) {
            // Half a character survives only escaped.
            String body = JSON.writeValueAsString(bodies.get(i)).replace("\ud800", "\\ud800");
            Answer answer = server.post(path("/send"), body);
            assertEquals(422, answer.status(), "body " + i + ": " + answer.text());
            assertFalse(answer.text().contains("eve@"), "content is not repeated");
        }
    }

    /** Their last octets are CR and LF, for writers that cut characters down to octets. */
    @ParameterizedTest
    @ValueSource(strings = {"\u760d\u760aBcc: eve@example.org", "=?UTF-8?Q?x=0D=0ABcc:_eve@example.org?="})
    void send_textThatOnlyLooksLikeALineEnd_makesNoHeader(String text) {
        String subject = unique();
        Answer answer = server.post(
                path("/send"),
                JSON.writeValueAsString(Map.of(
                        "to",
                        List.of(Map.of("name", text, "address", "bob@example.org")),
                        "subject",
                        subject + text,
                        "text",
                        text,
                        "attachments",
                        List.of(Map.of("fileName", text, "contentBase64", "AAAA")))));
        assertEquals(202, answer.status(), answer.text());
        server.await(answer.header("Location"), entry -> entry.get("settled").asBoolean());
        SmtpMessage message =
                smtp.mailroom().messages().get(smtp.mailroom().messages().size() - 1);
        List<SmtpMessage> to = smtp.mailroom().messages().stream()
                .filter(each -> each.envelope().addresses().contains("eve@example.org"))
                .toList();
        assertEquals(List.of(), to);
        assertFalse(text(message).toLowerCase(Locale.ROOT).contains("\nbcc:"), "a field that nobody wrote");
        assertEquals(Map.of(), smtp.mailroom().violations());
    }

    @Test
    void send_toNobodyOrTooMany_isRefused() {
        assertEquals(422, server.post(path("/send"), email(unique())).status());
        String[] many = new String[202];
        Arrays.setAll(many, i -> i % 2 == 0 ? "to" : "r" + i + "@example.org");
        assertEquals(422, server.post(path("/send"), email(unique(), many)).status());
        assertEquals(
                422,
                server.postWith(path("/send"), email(unique(), "to", "b@example.org"), "Idempotency-Key", "a b")
                        .status());
    }

    @Test
    void entries_ofAnAccountOfAnotherOrganisation_areNotThere() {
        String subject = unique();
        assertEquals(202, send(email(subject, "to", "bob@example.org"), subject).status());
        Submissions submissions = server.bean(Submissions.class);
        UUID id = UUID.fromString(account);
        Tenancy.in(UUID.randomUUID(), () -> {
            assertThrows(UnknownAccountException.class, () -> submissions.find(id, subject));
            assertThrows(UnknownAccountException.class, () -> submissions.cancel(id, subject));
            assertThrows(UnknownAccountException.class, () -> submissions.list(id, 10));
        });
    }

    @Test
    void send_moreThanAnHourAllows_isTooMany_andRepeatsAreNotCounted(@TempDir Path data) {
        Map<String, Object> limit = Map.of("steadymail.limits.sends-per-hour", "2");
        try (RunningServer small = RunningServer.start(data, TestDatabase.createUrl(), limit)) {
            String path = "/api/v1/accounts/" + connect(small, ADA) + "/send";
            String one = email(unique(), "to", "bob@example.org");
            assertEquals(202, small.postWith(path, one, "Idempotency-Key", "1").status());
            assertEquals(202, small.postWith(path, one, "Idempotency-Key", "1").status());
            assertEquals(
                    422,
                    small.postWith(path, email(unique()), "Idempotency-Key", "wrong")
                            .status());
            assertEquals(202, small.postWith(path, one, "Idempotency-Key", "2").status());
            Answer many = small.postWith(path, one, "Idempotency-Key", "3");
            assertEquals(429, many.status(), many.text());
            int wait = Integer.parseInt(many.header("Retry-After"));
            assertTrue(wait > 3_000 && wait <= 3_601, "waits " + wait + " s");
            assertEquals(202, small.postWith(path, one, "Idempotency-Key", "2").status());
        }
    }

    private String connect(RunningServer to, String user) {
        String url = "imap://" + user + "@127.0.0.1:" + imap.port() + "?tls=none&smtp=127.0.0.1:" + smtp.port()
                + "&smtptls=none";
        Answer answer = to.post("/api/v1/accounts", JSON.writeValueAsString(Map.of("url", url, "secret", SECRET)));
        assertEquals(201, answer.status(), answer.text());
        return answer.json().get("id").asString();
    }

    private Answer send(String body, String key) {
        return server.postWith(path("/send"), body, "Idempotency-Key", key);
    }

    private String path(String rest) {
        return "/api/v1/accounts/" + account + rest;
    }

    private String entry(String key, String act) {
        return "/api/v1/outbox/" + key + act + "?account=" + account;
    }

    /** An email with a text; recipients are fields and addresses in turn. */
    private static String email(String subject, String... recipients) {
        Map<String, Object> email = new HashMap<>(Map.of("subject", subject, "text", "How are you?"));
        for (int i = 0; i < recipients.length; i += 2) {
            Object more = Map.of("address", recipients[i + 1]);
            email.merge(
                    recipients[i],
                    List.of(more),
                    (old, added) -> Stream.of(old, added)
                            .flatMap(list -> ((List<?>) list).stream())
                            .toList());
        }
        return JSON.writeValueAsString(email);
    }

    private static String unique() {
        return "s" + UUID.randomUUID().toString().substring(0, 13);
    }

    private List<SmtpMessage> arrived(String subject) {
        return smtp.mailroom().messages().stream()
                .filter(message -> text(message).contains(subject))
                .toList();
    }

    private SmtpMessage only(String subject) {
        List<SmtpMessage> found = arrived(subject);
        assertEquals(1, found.size());
        return found.get(0);
    }

    private List<ImapTestMessage> drafts(String subject) {
        return imap.account(ADA).messages("Drafts").stream()
                .filter(message -> new String(message.bytes(), StandardCharsets.ISO_8859_1).contains(subject))
                .toList();
    }

    private static String text(SmtpMessage message) {
        return new String(message.octets(), StandardCharsets.ISO_8859_1);
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
