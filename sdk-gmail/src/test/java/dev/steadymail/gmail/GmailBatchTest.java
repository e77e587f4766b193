package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailRequest;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GmailBatchTest {
    private static final String USER = "ada@example.com";
    private static final String BATCH = "/batch/gmail/v1";

    private final FakeGmail server = FakeGmail.builder().user(USER, "token").start();
    private final MailRuntime runtime = MailRuntime.builder()
            .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
    private final AtomicInteger tokens = new AtomicInteger();
    private final MailClient mail = runtime.open(GmailAccount.with(new OneMore())
            .rootUrl(URI.create(server.rootUrl()))
            .guarded(Unpaced.GUARD));
    private final List<EmailId> ids = new ArrayList<>();

    @BeforeEach
    void deliver() {
        for (int i = 0; i < 40; i++) {
            String raw = "Subject: number " + i + "\r\n\r\ntext\r\n";
            ids.add(new EmailId(server.mailbox(USER).add(raw.getBytes(StandardCharsets.US_ASCII), "INBOX")));
        }
    }

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    @Test
    void manyEmails_areReadByBatchesInTheOrderAskedFor() {
        assertNumbered(40, read());
        assertEquals(40, parts());
        assertEquals(4, batches(), "ten parts at first");
        assertEquals(44, server.log().size());
        assertEquals(44, mail.traffic().requests());
    }

    @Test
    void fewEmails_areReadOneByOne() {
        assertEquals(
                3, mail.emails().get(ids.subList(0, 3), FetchLevel.METADATA).size());
        assertEquals(0, batches());
    }

    @Test
    void partThatFails_isAskedForAgainAlone() {
        server.inject(GmailFault.status(503, "backendError", "Backend Error")
                .onPath(ids.get(17).value())
                .times(2));
        assertNumbered(40, read());
        assertEquals(42, parts());
        assertEquals(6, batches());
    }

    @Test
    void partThatIsThrottled_waitsAndMakesBatchesSmaller() {
        server.inject(GmailFault.status(429, "rateLimitExceeded", "Too many concurrent requests for user")
                .onPath(ids.get(3).value())
                .times(1));
        assertNumbered(40, read());
        assertEquals(41, parts());
        server.clearLog();
        assertNumbered(40, read());
        // Five parts at first; when they grow again depends on which batch was refused.
        assertTrue(batches() > 4, () -> batches() + " batches");
    }

    @Test
    void partThatIsGone_isLeftOut() {
        server.mailbox(USER).delete(ids.get(5).value());
        List<Email> emails = read();
        assertEquals(39, emails.size());
        assertTrue(emails.stream().noneMatch(email -> email.id().equals(ids.get(5))));
        assertEquals(40, parts());
    }

    @Test
    void partWhoseTokenIsRefused_isAskedForWithAnotherToken() {
        server.inject(GmailFault.status(401, "authError", "Invalid Credentials")
                .onPath(ids.get(8).value())
                .times(1));
        assertNumbered(40, read());
        assertEquals(1, tokens.get(), "one refresh");
        assertEquals(41, parts());
    }

    @Test
    void partThatCannotSucceed_failsTheCallOnceTheOthersAreRead() {
        server.inject(GmailFault.status(403, "domainPolicy", "The domain administrators have disabled Gmail apps.")
                .onPath(ids.get(2).value())
                .always());
        MailException failure = assertThrows(MailException.class, this::read);
        assertEquals(Kind.FORBIDDEN, failure.kind());
        assertEquals(1, partsOf(ids.get(2)), "a refusal for good is not repeated");
    }

    @Test
    void answerThatIsCut_keepsWhatWasReadOfIt() {
        server.inject(GmailFault.truncate(250).onPath("^" + BATCH).times(1));
        assertNumbered(40, read());
        assertTrue(parts() <= 50, () -> parts() + " parts");
        assertEquals(5, batches());
    }

    @Test
    void serverWithoutBatches_isAskedOneByOneFromThenOn() {
        server.inject(GmailFault.status(404, "notFound", "Not Found")
                .onPath("^" + BATCH)
                .always());
        assertNumbered(40, read());
        long tried = batches();
        assertTrue(tried >= 1 && tried <= 2, () -> tried + " batches");
        assertNumbered(40, read());
        assertEquals(tried, batches());
    }

    @Test
    void partsInAnyOrder_areMatchedByTheirId_andThoseWithoutOneByPosition() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            account.server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
            account.server.stubFor(post(urlEqualTo(BATCH))
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "multipart/mixed; boundary=b")
                            .withBody(part("<response-p3>", "m3") + part("<response-p9>", "m9")
                                    + part("<response-p0>", "m0") + part(null, "m3") + part("<response-p2>", "m2")
                                    + part("<response-p1>", "m1") + "--b--\r\n")));
            List<EmailId> asked = List.of(new EmailId("m0"), new EmailId("m1"), new EmailId("m2"), new EmailId("m3"));
            assertEquals(
                    List.of("thread of m0", "thread of m1", "thread of m2", "thread of m3"),
                    account.client().emails().get(asked, FetchLevel.STATE).stream()
                            .map(email -> String.valueOf(email.threadId()).isEmpty()
                                    ? ""
                                    : email.threadId().value())
                            .toList());
            account.server.verify(1, postRequestedFor(urlEqualTo(BATCH)));
        }
    }

    @Test
    void partNestedTooDeeply_isReadAloneAsItsOutermostPart() {
        try (WireMockedAccount account = new WireMockedAccount(1)) {
            String deep = part("<response-p2>", "m2")
                    .replace("\"threadId", "\"payload\":" + "[".repeat(300) + "]".repeat(300) + ",\"threadId");
            account.server.stubFor(
                    any(anyUrl()).willReturn(okJson("{\"id\":\"m2\",\"payload\":{\"mimeType\":\"multipart/x\"}}")));
            account.server.stubFor(post(urlEqualTo(BATCH))
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "multipart/mixed; boundary=b")
                            .withBody(part("<response-p0>", "m0") + part("<response-p1>", "m1") + deep
                                    + part("<response-p3>", "m3") + "--b--\r\n")));
            List<EmailId> asked = List.of(new EmailId("m0"), new EmailId("m1"), new EmailId("m2"), new EmailId("m3"));
            assertEquals(
                    List.of("text/plain", "text/plain", "multipart/x", "text/plain"),
                    account.client().emails().get(asked, FetchLevel.STRUCTURE).stream()
                            .map(email -> Objects.requireNonNull(email.body()).type())
                            .toList());
        }
    }

    private static String part(String id, String message) {
        return "--b\r\nContent-Type: application/http\r\n" + (id == null ? "" : "Content-ID: " + id + "\r\n")
                + "\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"id\":\"" + message
                + "\",\"threadId\":\"thread of " + message + "\"}\r\n";
    }

    private List<Email> read() {
        return mail.emails().get(ids, FetchLevel.METADATA);
    }

    private void assertNumbered(int count, List<Email> emails) {
        assertEquals(count, emails.size());
        for (int i = 0; i < count; i++) {
            assertEquals(ids.get(i), emails.get(i).id());
            assertEquals("number " + i, emails.get(i).subject());
        }
    }

    private long batches() {
        return server.log().stream()
                .filter(request -> request.path().equals(BATCH))
                .count();
    }

    private long parts() {
        return server.log().stream().filter(GmailRequest::inBatch).count();
    }

    private long partsOf(EmailId id) {
        return server.log().stream()
                .filter(request -> request.inBatch() && request.path().endsWith(id.value()))
                .count();
    }

    /** The same token again after a refusal, counted. */
    private final class OneMore implements TokenSource {
        private final AccessToken token = new AccessToken(Secret.of("token"), Instant.MAX);

        @Override
        public AccessToken token(Deadline deadline) {
            return token;
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            tokens.incrementAndGet();
            return token;
        }
    }
}
