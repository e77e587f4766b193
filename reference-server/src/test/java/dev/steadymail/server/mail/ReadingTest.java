package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading mail as a client does it, over HTTP, a real database and an IMAP server. */
@TestInstance(Lifecycle.PER_CLASS)
final class ReadingTest {
    private static final String CANARY = "<img src=x onerror=alert(1)>";
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final byte[] SONG = new byte[300_000];
    private static final byte[] FILM = new byte[2_500_000];

    static {
        new Random(1).nextBytes(SONG);
        new Random(2).nextBytes(FILM);
    }

    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", "secret").start();
    private RunningServer server;
    private String account;
    private String files;
    private String canary;

    @BeforeAll
    void connect(@TempDir Path data) {
        append(SampleMail.named("files").subject("Files").content(files()));
        append(SampleMail.named("canary")
                .subject(CANARY)
                .from("\"" + CANARY + "\" <grace@example.org>")
                .content(mixed(part("image/png", CANARY + ".png", PIXEL))));
        SampleMail root = SampleMail.named("root").subject("Plans");
        append(root);
        append(SampleMail.named("answer")
                .answering(root)
                .from("Bob <bob@example.org>")
                .at(SampleMail.NOON.plusSeconds(60)));
        append(SampleMail.named("plain").subject("Plain").text("1 < 2 & <b>3</b>"));
        for (int i = 0; i < 20; i++) {
            append(SampleMail.named("filler" + i).subject("Filler " + i));
        }
        server = RunningServer.start(
                data, TestDatabase.createUrl(), Map.of("steadymail.reading.largest-download", "4MB"));
        account = server.post(
                        "/api/v1/accounts",
                        "{\"url\":\"imap://ada@127.0.0.1:" + imap.port() + "?tls=none\",\"secret\":\"secret\"}")
                .json()
                .get("id")
                .asString();
        server.await("/api/v1/accounts/" + account, shown -> shown.get("emails").asInt() == 25);
        files = id("Files");
        canary = id(CANARY);
    }

    @AfterAll
    void close() {
        server.close();
        imap.close();
    }

    @Test
    void html_hasItsOwnPicturesInside_andNoneFromElsewhere() {
        JsonNode view = server.get("/api/v1/emails/" + files + "/html").json();
        String html = view.get("html").asString();
        assertTrue(html.contains("data:image/png;base64," + Base64.getEncoder().encodeToString(PIXEL)), html);
        assertFalse(html.contains("cid:"), html);
        assertEquals(1, view.get("blockedResources").asInt());
        assertEquals("html", view.get("source").asString());
        assertFalse(view.get("truncated").asBoolean());
    }

    @Test
    void html_ofPlainText_isTheTextAndNoMarkup() {
        JsonNode view = server.get("/api/v1/emails/" + id("Plain") + "/html").json();
        assertEquals("text", view.get("source").asString());
        assertTrue(view.get("html").asString().contains("1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"), view.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/html?images=proxy", "/view?images=proxy", "/view?images=all", "/html?images=BLOCKED"})
    void images_fromElsewhere_areRefused(String route) {
        Answer answer = server.get("/api/v1/emails/" + files + route);
        assertEquals(400, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/html", "/view", "/attachments/2", "/raw"})
    void content_ofNoEmail_isNotFound(String route) {
        assertEquals(
                404, server.get("/api/v1/emails/" + UUID.randomUUID() + route).status());
    }

    @Test
    void attachment_thatIsNone_isNotFound() {
        for (String part : List.of("99", "1", "x", "%2e%2e", "#shown", "TEXT", "HEADER")) {
            int status = server.get("/api/v1/emails/" + files + "/attachments/" + part.replace("#", "%23"))
                    .status();
            assertTrue(status == 404 || status == 400, part + " " + status);
        }
    }

    @Test
    void threat30_attachments_areNeverRunByABrowser() {
        for (JsonNode file : server.get("/api/v1/emails/" + files).json().get("attachments")) {
            if (file.get("name").asString().equals("large.bin")) {
                continue;
            }
            Answer answer = attachment(file.get("name").asString());
            assertEquals(200, answer.status(), answer.text());
            String type = answer.header("Content-Type");
            assertTrue(
                    List.of("application/octet-stream", "image/png", "audio/mpeg", "video/mp4")
                            .contains(type),
                    type);
            assertTrue(answer.header("Content-Disposition").startsWith("attachment; filename=\""));
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("bytes", answer.header("Accept-Ranges"));
            assertTrue(answer.header("Content-Security-Policy").startsWith("sandbox; default-src 'none'"));
        }
        for (String active : List.of("page.html", "drawing.svg", "data.xml")) {
            assertEquals("application/octet-stream", attachment(active).header("Content-Type"), active);
        }
        assertEquals(
                "attachment; filename=\"passwd\"",
                attachment("../../etc/passwd").header("Content-Disposition"));
    }

    @Test
    void attachment_isByteForByte_fromTheProviderAndFromTheCache() {
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(SONG, attachment("song.mp3").bytes());
        }
        assertArrayEquals(FILM, attachment("film.mp4").bytes());
    }

    @Test
    void attachment_readAgain_isNotAskedOfTheProvider() {
        attachment("data.xml");
        imap.clearLog();
        attachment("data.xml");
        assertEquals(
                List.of(),
                imap.log().stream()
                        .filter(line -> line.contains("BODY.PEEK[") || line.contains("BINARY"))
                        .toList());
    }

    @Test
    void attachment_overTheLimit_isRefused() {
        Answer answer = attachment("large.bin");
        assertEquals(413, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("", answer.header("Content-Disposition"));
    }

    @Test
    void range_ofAnAttachment_isThatPart() {
        assertRange(SONG, 0, 99, attachment("song.mp3", "Range", "bytes=0-99"));
        assertRange(SONG, 299_000, 299_999, attachment("song.mp3", "Range", "bytes=299000-"));
        assertRange(SONG, 299_990, 299_999, attachment("song.mp3", "Range", "bytes=-10"));
        assertRange(SONG, 299_990, 299_999, attachment("song.mp3", "Range", "bytes=299990-9999999999999999999999"));
        assertRange(FILM, 2_000_000, 2_000_100, attachment("film.mp4", "Range", "bytes=2000000-2000100"));
        assertRange(FILM, 0, (1 << 20) - 1, attachment("film.mp4", "Range", "bytes=0-"));
        String etag = attachment("song.mp3").header("ETag");
        assertRange(SONG, 5, 9, attachment("song.mp3", "Range", "bytes=5-9", "If-Range", etag));
        assertEquals(
                200,
                attachment("song.mp3", "Range", "bytes=5-9", "If-Range", "\"other\"")
                        .status());
    }

    @Test
    void threat30_oddRanges_areTheWhole_orSayHowLongItIs() {
        for (String odd : List.of("bytes=9-5", "bytes=0-1,5-9", "items=0-1", "bytes=a-", "bytes=-", "nonsense")) {
            Answer answer = attachment("song.mp3", "Range", odd);
            assertEquals(200, answer.status(), odd);
            assertArrayEquals(SONG, answer.bytes(), odd);
        }
        for (String behind : List.of("bytes=300000-", "bytes=-0", "bytes=99999999999999999999999999-")) {
            Answer answer = attachment("song.mp3", "Range", behind);
            assertEquals(416, answer.status(), behind);
            assertEquals("bytes */300000", answer.header("Content-Range"));
            assertEquals("application/problem+json", answer.header("Content-Type"));
        }
    }

    @Test
    void raw_hasRanges_andATag() {
        String path = "/api/v1/emails/" + canary + "/raw";
        Answer whole = server.get(path);
        assertEquals("message/rfc822", whole.header("Content-Type"));
        assertEquals("attachment; filename=\"" + canary + ".eml\"", whole.header("Content-Disposition"));
        assertRange(whole.bytes(), 3, 20, get(path, "Range", "bytes=3-20"));
        assertEquals(304, get(path, "If-None-Match", whole.header("ETag")).status());
    }

    @Test
    void etag_ofWhatTheClientHas_isNotModified() {
        for (String path : List.of(
                "/api/v1/emails/" + canary,
                "/api/v1/accounts/" + account + "/emails",
                "/api/v1/accounts/" + account + "/threads",
                "/api/v1/accounts/" + account + "/mailboxes")) {
            Answer first = server.get(path);
            String etag = first.header("ETag");
            assertEquals(!path.startsWith("/api/v1/emails/"), etag.startsWith("W/\""), path + " " + etag);
            Answer again = get(path, "If-None-Match", "\"x\", " + etag);
            assertEquals(304, again.status(), path);
            assertEquals(0, again.bytes().length);
            assertEquals(etag, again.header("ETag"));
            assertEquals(200, get(path, "If-None-Match", "W/\"x\"").status());
        }
    }

    @Test
    void etag_changesWithTheKeywords() {
        String id = id("Filler 3");
        Answer before = server.get("/api/v1/emails/" + id);
        long uid = 5 + 4;
        imap.account("ada").setFlags("INBOX", uid, List.of("\\Seen"));
        server.await(
                "/api/v1/emails/" + id,
                shown -> shown.get("keywords").toString().contains("seen"));
        Answer after = get("/api/v1/emails/" + id, "If-None-Match", before.header("ETag"));
        assertEquals(200, after.status());
        assertNotEquals(before.header("ETag"), after.header("ETag"));
    }

    @Test
    void threads_holdAnswersTogether() {
        JsonNode items = server.get("/api/v1/accounts/" + account + "/threads?limit=200")
                .json()
                .get("items");
        assertEquals(24, items.size());
        JsonNode talk = items.get(0);
        assertEquals(2, talk.get("count").asInt());
        assertEquals("Re: Plans", talk.at("/latest/subject").asString());
        assertEquals("bob@example.org", talk.at("/participants/0/address").asString());
        assertEquals("grace@example.org", talk.at("/participants/1/address").asString());
        String path = "/api/v1/threads/" + talk.get("id").asString() + "?account=" + account;
        JsonNode emails = server.get(path + "&limit=1").json();
        assertEquals("Re: Plans", emails.at("/items/0/subject").asString());
        JsonNode next = server.get(path + "&limit=1&after=" + emails.get("next").asString())
                .json();
        assertEquals("Plans", next.at("/items/0/subject").asString());
        assertTrue(next.get("next").isNull());
    }

    @Test
    void threads_thatAreNone_areNotFound() {
        String nobody = UUID.randomUUID().toString();
        assertEquals(
                404,
                server.get("/api/v1/threads/" + nobody + "?account=" + account).status());
        assertEquals(
                404,
                server.get("/api/v1/threads/" + nobody + "?account=" + nobody).status());
        assertEquals(404, server.get("/api/v1/accounts/" + nobody + "/threads").status());
        assertEquals(400, server.get("/api/v1/threads/" + nobody).status());
        assertEquals(
                400,
                server.get("/api/v1/accounts/" + account + "/threads?after=x").status());
    }

    @Test
    void threat28_markupInNames_isJsonAndNothingElse() {
        for (String path : List.of(
                "/api/v1/emails/" + canary,
                "/api/v1/emails/" + canary + "/html",
                "/api/v1/accounts",
                "/api/v1/accounts/" + account,
                "/api/v1/accounts/" + account + "/emails",
                "/api/v1/accounts/" + account + "/mailboxes",
                "/api/v1/accounts/" + account + "/threads",
                "/api/v1/emails/" + canary + "/attachments/%3Cscript%3E",
                "/api/v1/emails/%3Cscript%3E",
                "/api/v1/accounts/" + account + "/emails?after=%3Cscript%3E")) {
            for (String accept : List.of("*/*", "text/html,*/*")) {
                Answer answer = get(path, "Accept", accept);
                assertTrue(
                        answer.header("Content-Type").matches("application/(problem\\+)?json"),
                        path + " " + answer.header("Content-Type"));
                assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
            }
        }
        assertTrue(server.get("/api/v1/emails/" + canary).text().contains("onerror"), "the canary is there");
    }

    @Test
    void json_isCompressed_whereTheClientTakesIt() throws Exception {
        Answer plain = server.get("/api/v1/accounts/" + account + "/emails");
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(plain.response().uri())
                                .header("Authorization", "Bearer " + server.token())
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        BodyHandlers.ofByteArray());
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
        assertTrue(answer.body().length < plain.bytes().length / 2, "compressed to " + answer.body().length);
        assertArrayEquals(plain.bytes(), unzipped(answer.body()));
    }

    /** Java's client asks for HTTP/2 by the header Upgrade, with whatever body its first request has. */
    @Test
    void upgradeToHttp2_isPassedOver_withAnyBody() throws Exception {
        URI uri = server.get("/api/v1/accounts").response().uri();
        String json = "{\"url\":\"pop3://ada@mail.example.com\",\"secret\":\"x\"}" + " ".repeat(60_000);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .version(Version.HTTP_2)
                                .header("Authorization", "Bearer " + server.token())
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
        assertEquals(422, answer.statusCode(), answer.body());
        assertEquals(Version.HTTP_1_1, answer.version());
    }

    /** RFC 9113 section 3.4: the preface of one side is answered by SETTINGS of the other. */
    @Test
    void http2_isSpokenWithWhoBeginsWithIt() throws Exception {
        URI uri = server.get("/api/v1/accounts").response().uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            socket.getOutputStream().flush();
            byte[] head = socket.getInputStream().readNBytes(9);
            assertEquals(9, head.length);
            assertEquals(4, head[3], "the first frame is SETTINGS");
        }
    }

    private static byte[] unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static void assertRange(byte[] whole, int first, int last, Answer answer) {
        assertEquals(206, answer.status());
        assertEquals("bytes " + first + "-" + last + "/" + whole.length, answer.header("Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(whole, first, last + 1), answer.bytes());
    }

    private Answer attachment(String name, String... headers) {
        for (JsonNode file : server.get("/api/v1/emails/" + files).json().get("attachments")) {
            if (file.get("name").asString("").equals(name)) {
                return get(
                        "/api/v1/emails/" + files + "/attachments/"
                                + file.get("partId").asString(),
                        headers);
            }
        }
        throw new AssertionError("no attachment " + name);
    }

    private Answer get(String path, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + server.token()));
        all.addAll(List.of(headers));
        return server.getWith(path, all.toArray(String[]::new));
    }

    private String id(String subject) {
        for (JsonNode email : server.get("/api/v1/accounts/" + account + "/emails?limit=200")
                .json()
                .get("items")) {
            if (email.get("subject").asString("").equals(subject)) {
                return email.get("id").asString();
            }
        }
        throw new AssertionError("no email " + subject);
    }

    private void append(SampleMail mail) {
        imap.account("ada").append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
    }

    private static String[] files() {
        List<String> html = List.of(
                "Content-Type: text/html; charset=utf-8",
                "",
                "<p>See <img src=\"cid:pixel@x\"> and <img src=\"https://evil.example/p.png\" width=50 height=50></p>");
        List<String> picture = new ArrayList<>(part("image/png", "pixel.png", PIXEL));
        picture.add(0, "Content-ID: <pixel@x>");
        byte[] script = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        return mixed(
                html,
                picture,
                part("text/html", "page.html", script),
                part("image/svg+xml", "drawing.svg", script),
                part("application/xml", "data.xml", script),
                part("audio/mpeg", "song.mp3", SONG),
                part("video/mp4", "film.mp4", FILM),
                part("application/octet-stream", "large.bin", new byte[4_500_000]),
                part("text/html", "../../etc/passwd", script));
    }

    @SafeVarargs
    private static String[] mixed(List<String>... parts) {
        List<String> lines = new ArrayList<>(List.of("Content-Type: multipart/mixed; boundary=cut", ""));
        for (List<String> part : parts) {
            lines.add("--cut");
            lines.addAll(part);
        }
        lines.add("--cut--");
        return lines.toArray(String[]::new);
    }

    private static List<String> part(String type, String name, byte[] content) {
        List<String> lines = new ArrayList<>(List.of(
                "Content-Type: " + type,
                "Content-Disposition: attachment; filename=\"" + name + "\"",
                "Content-Transfer-Encoding: base64",
                ""));
        lines.addAll(Base64.getMimeEncoder().encodeToString(content).lines().toList());
        return lines;
    }
}
