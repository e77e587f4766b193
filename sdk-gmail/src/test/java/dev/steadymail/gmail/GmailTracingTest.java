package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.google.api.client.http.GenericUrl;
import com.google.api.services.gmail.Gmail;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.Tokens;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Protocol;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.time.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests say what attempt they are part of, whatever thread makes them. */
class GmailTracingTest {
    private static final String LABELS = "/gmail/v1/users/me/labels";
    private static final List<EmailId> MANY =
            IntStream.range(0, 5).mapToObj(number -> new EmailId("1" + number)).toList();

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final FollowedCalls followed = new FollowedCalls();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void eachAttempt_saysWhichItIs() {
        server.stubFor(get(urlPathEqualTo(LABELS))
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(serviceUnavailable())
                .willSetStateTo("up"));
        server.stubFor(get(urlPathEqualTo(LABELS))
                .inScenario("once")
                .whenScenarioStateIs("up")
                .willReturn(okJson("{\"labels\": []}")));
        try (MailRuntime runtime = runtime(followed)) {
            open(runtime, server.baseUrl() + "/").mailboxes().list();
        }
        assertEquals(List.of("labels.list 1", "labels.list 2"), fields());
    }

    @Test
    void batch_saysItOnce() {
        server.stubFor(any(anyUrl()).willReturn(serverError()));
        try (MailRuntime runtime = runtime(followed)) {
            MailClient mail = open(runtime, server.baseUrl() + "/");
            assertThrows(MailException.class, () -> mail.emails().get(MANY, FetchLevel.METADATA));
        }
        Set<String> said = new HashSet<>(fields());
        assertEquals(Set.of("batch 1", "batch 2"), said);
        requests().forEach(request -> assertFalse(request.getBodyAsString().contains(FollowedCalls.FIELD)));
    }

    @Test
    void withoutTracing_nothingIsSaid() {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"labels\": []}")));
        try (MailRuntime runtime = runtime(null)) {
            open(runtime, server.baseUrl() + "/").mailboxes().list();
        }
        assertEquals(Collections.singletonList(null), fields());
    }

    @Test
    void partsOnOtherThreads_arePartOfWhatTheCallerDoes() {
        try (FakeGmail fake =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                MailRuntime runtime = runtime(followed)) {
            List<EmailId> ids = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                byte[] raw = ("Subject: number " + number + "\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII);
                ids.add(new EmailId(fake.mailbox("ada@example.com").add(raw, "INBOX")));
            }
            MailClient mail = open(runtime, fake.rootUrl());
            followed.during("caller", () -> {
                mail.emails().get(ids, FetchLevel.METADATA);
                mail.emails().get(ids.subList(0, 3), FetchLevel.METADATA);
            });
        }
        assertFalse(followed.parents.isEmpty());
        followed.parents.forEach(call -> assertEquals("caller", call.substring(call.indexOf(" of ") + 4), call));
    }

    @Test
    void anotherHostThanTheApis_isToldNothing() throws IOException {
        URI root = URI.create("https://gmail.example.com/");
        Telemetry telemetry =
                Telemetry.of(new AccountId("a"), Protocol.GMAIL, new ManualTime().timeSource(1), null, followed);
        HttpTimeouts timeouts = new HttpTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (HttpConnections connections = HttpConnections.to(HttpRoute.usual(root, host -> List.of()), timeouts)) {
            Gmail gmail = new GmailSessions(connections, root, 1_000, telemetry)
                    .attempt(new AccessToken(Secret.of("token"), Instant.MAX), call -> {});
            assertEquals("null", field(gmail, "https://GMAIL.example.com/gmail/v1"));
            assertNull(field(gmail, "https://uploads.example.com/upload"));
        }
    }

    private static @Nullable String field(Gmail gmail, String url) throws IOException {
        return gmail.getRequestFactory()
                .buildGetRequest(new GenericUrl(url))
                .getHeaders()
                .getFirstHeaderStringValue(FollowedCalls.FIELD);
    }

    private static MailRuntime runtime(@Nullable Tracing tracing) {
        MailRuntime.Builder builder =
                MailRuntime.builder().retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)));
        return tracing == null ? builder.build() : builder.tracing(tracing).build();
    }

    private static MailClient open(MailRuntime runtime, String root) {
        return runtime.open(GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create(root))
                .guarded(Unpaced.GUARD));
    }

    private List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (ServeEvent event : server.getAllServeEvents()) {
            requests.add(0, event.getRequest());
        }
        return requests;
    }

    private List<@Nullable String> fields() {
        List<@Nullable String> fields = new ArrayList<>();
        requests().forEach(request -> fields.add(request.getHeader(FollowedCalls.FIELD)));
        return fields;
    }
}
