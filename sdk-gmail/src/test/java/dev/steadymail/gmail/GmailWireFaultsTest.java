package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.query.EmailQuery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that break HTTP/1.1, and answers that are JSON and not what the documentation says. */
@Timeout(120)
class GmailWireFaultsTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String LABELS = "{\"labels\":[{\"id\":\"INBOX\",\"name\":\"INBOX\",\"type\":\"system\"}]}";
    private static final int WITH_ALL_MAIL = 2;

    /** With too short a length, what is left over breaks the next answer on that connection as well. */
    @ParameterizedTest
    @CsvSource({"LONG_CUT, 2", "CHUNK_CUT, 2", "CHUNK_SIZE, 2", "STATUS_LINE, 2", "SHORT, 3"})
    void brokenFraming_isANetworkFailureAndRepeated(String form, int requests) {
        try (RawServer server = new RawServer(broken(form), RawServer.ok(LABELS));
                MailRuntime runtime = runtime(4)) {
            assertEquals(WITH_ALL_MAIL, open(runtime, server).mailboxes().list().size());
            assertEquals(requests, server.requests().size());
        }
        try (RawServer server = new RawServer(broken(form));
                MailRuntime runtime = runtime(1)) {
            MailClient mail = open(runtime, server);
            MailException failure =
                    assertThrows(MailException.class, () -> mail.mailboxes().list());
            assertEquals(Kind.NETWORK, failure.kind());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void refusalWhoseReasonIsCutOff_isRepeated() {
        String cut =
                "!HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"error\":";
        try (RawServer server = new RawServer(cut, RawServer.ok(LABELS));
                MailRuntime runtime = runtime(4)) {
            assertEquals(WITH_ALL_MAIL, open(runtime, server).mailboxes().list().size());
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void messageNestedTooDeeply_isItsOutermostPart() {
        String deep = "{\"payload\":" + "{\"parts\":[".repeat(200) + "]}".repeat(200) + "}";
        String outermost = "{\"labelIds\":[\"INBOX\"],\"payload\":{\"mimeType\":\"multipart/mixed\","
                + "\"headers\":[{\"name\":\"Subject\",\"value\":\"deep\"}]}}";
        try (RawServer server = new RawServer(RawServer.ok(deep), RawServer.ok(outermost));
                MailRuntime runtime = runtime(1)) {
            Email email = open(runtime, server).emails().get(new EmailId("m1"), FetchLevel.STRUCTURE);
            assertEquals("deep", email.subject());
            assertEquals("multipart/mixed", Objects.requireNonNull(email.body()).type());
            assertEquals(2, server.requests().size());
        }
    }

    /** What is whole as JSON is whole, whatever the framing says. */
    @ParameterizedTest
    @ValueSource(strings = {"LONG_WHOLE", "CHUNK_MISSING"})
    void brokenFramingAroundWholeJson_isTaken(String form) {
        try (RawServer server = new RawServer(broken(form));
                MailRuntime runtime = runtime(4)) {
            assertEquals(WITH_ALL_MAIL, open(runtime, server).mailboxes().list().size());
            assertEquals(1, server.requests().size());
        }
    }

    private static String broken(String form) {
        return switch (form) {
            case "LONG_WHOLE" -> "!" + HEAD + "Content-Length: 500\r\n\r\n" + LABELS;
            case "LONG_CUT" -> "!" + HEAD + "Content-Length: 500\r\n\r\n" + LABELS.substring(0, 30);
            case "SHORT" -> HEAD + "Content-Length: 20\r\n\r\n" + LABELS;
            case "CHUNK_CUT" -> "!" + HEAD + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + LABELS.substring(0, 20);
            case "CHUNK_MISSING" ->
                "!" + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LABELS.length()) + "\r\n"
                        + LABELS + "\r\n";
            case "CHUNK_SIZE" -> "!" + HEAD + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + LABELS + "\r\n0\r\n\r\n";
            default -> "!gmail says hello\r\n\r\n";
        };
    }

    @Test
    void message_withUnknownFieldsNoPayloadAndNumbersAsTexts_isRead() {
        String odd = "{\"mood\":{\"deep\":[1,{\"x\":null}]},\"threadId\":null,\"labelIds\":[\"INBOX\",7,null],"
                + "\"internalDate\":1700000000000,\"sizeEstimate\":\"4321\",\"historyId\":12,\"payload\":null}";
        try (RawServer server = new RawServer(RawServer.ok(odd));
                MailRuntime runtime = runtime(4)) {
            Email email = open(runtime, server).emails().get(new EmailId("m1"), FetchLevel.METADATA);
            assertEquals(new EmailId("m1"), email.id());
            assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), email.receivedAt());
            assertEquals(4_321, email.size());
            assertEquals(Set.of(Keyword.SEEN), email.keywords());
            assertEquals("", email.subject());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void listing_withItemsThatHaveNoId_isWhatHasOne() {
        String page = "{\"messages\":[{\"threadId\":\"t\"},{\"id\":\"\"},7,null,{\"id\":\"m2\",\"mood\":1}],"
                + "\"resultSizeEstimate\":\"many\"}";
        String message = "{\"labelIds\":[\"INBOX\"],\"payload\":{\"headers\":null}}";
        try (RawServer server = new RawServer(RawServer.ok(page), RawServer.ok(message));
                MailRuntime runtime = runtime(4)) {
            List<EmailId> found = open(runtime, server).emails().query(EmailQuery.everywhere()).stream()
                    .map(Email::id)
                    .toList();
            assertEquals(List.of(new EmailId("m2")), found);
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void labelOfAnUnknownType_isAMailboxByItsName() {
        String labels = "{\"labels\":[{\"id\":\"L1\",\"name\":\"Odd\",\"type\":\"hologram\",\"depth\":3},"
                + "{\"id\":\"L2\",\"name\":\"Plain\"}]}";
        try (RawServer server = new RawServer(RawServer.ok(labels));
                MailRuntime runtime = runtime(4)) {
            List<String> names = open(runtime, server).mailboxes().list().stream()
                    .map(Mailbox::name)
                    .toList();
            assertEquals(1, names.stream().filter("Odd"::equals).count());
            assertEquals(1, names.stream().filter("Plain"::equals).count());
            assertEquals(1, server.requests().size());
        }
    }

    private static MailRuntime runtime(int attempts) {
        return MailRuntime.builder()
                .retryPolicy(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(2)))
                .callTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static MailClient open(MailRuntime runtime, RawServer server) {
        return runtime.open(GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create(server.rootUrl()))
                .guarded(Unpaced.GUARD));
    }
}
