package dev.steadymail.observability.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.steadymail.observability.events.Bench.balanced;
import static dev.steadymail.observability.events.Bench.offer;
import static dev.steadymail.observability.events.Bench.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.steadymail.auth.Secret;
import dev.steadymail.observability.export.HttpExporter;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver in every kind of trouble: no event twice beyond the stated rule, no batch too large, order kept. */
class HttpDeliveryTest {
    private static final String TOKEN = "token-of-the-receiver";

    private final WireMockServer receiver = new WireMockServer(wireMockConfig().dynamicPort());
    private final Bench bench = new Bench();
    private final EventBatcher batcher;

    HttpDeliveryTest() {
        receiver.start();
        batcher = bench.batcher(HttpExporter.builder(receiver.baseUrl() + "/base/")
                .token(Secret.of(TOKEN))
                .answerWithin(Duration.ofSeconds(30))
                .build());
    }

    @AfterEach
    void stop() {
        batcher.disable();
        batcher.close();
        receiver.stop();
    }

    /** Answers once so, and then that it took the batch. */
    private void answerOnce(ResponseDefinitionBuilder first) {
        receiver.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("well"));
        receiver.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("well")
                .willReturn(aResponse().withStatus(202)));
    }

    private List<LoggedRequest> requests() {
        return receiver.findAll(postRequestedFor(anyUrl()));
    }

    private static List<Integer> numbers(LoggedRequest request) {
        List<Integer> numbers = new ArrayList<>();
        JsonNode events = Bench.events(request.getBodyAsString());
        assertTrue(events.size() <= 100);
        events.forEach(event -> numbers.add(event.at("/details/units").asInt()));
        return numbers;
    }

    private static String id(LoggedRequest request) {
        return request.getHeader("Idempotency-Key");
    }

    /** The first batch was sent twice under one id, then the second under another. */
    private void assertSentAgain() {
        List<LoggedRequest> all = requests();
        assertEquals(3, all.size());
        assertEquals(
                List.of(range(0, 100), range(0, 100), range(100, 200)),
                all.stream().map(HttpDeliveryTest::numbers).toList());
        assertEquals(id(all.get(0)), id(all.get(1)));
        assertFalse(id(all.get(0)).equals(id(all.get(2))));
        BatcherStatistics figures = balanced(batcher, 200);
        assertEquals(List.of(200L, 2L, 1L), List.of(figures.sent(), figures.batches(), figures.retries()));
    }

    @Test
    void request_isCompressedJson_withItsIdAndToken_andNoCookie() {
        receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withHeader("Set-Cookie", "a=b")));
        offer(batcher, 0, 200);
        List<LoggedRequest> all = requests();
        assertEquals(2, all.size());
        LoggedRequest request = all.get(1);
        assertEquals("/base/api/logs/client-events", request.getUrl());
        assertEquals("gzip", request.getHeader("Content-Encoding"));
        assertTrue(request.getHeader("Content-Type").startsWith("application/json"));
        assertEquals("Bearer " + TOKEN, request.getHeader("Authorization"));
        assertNull(request.getHeader("Cookie"));
        assertEquals(
                batcher.sessionId().toString(),
                Bench.json(request.getBodyAsString()).get("sessionId").asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void notTaken_isSentAgainAfterAWhile(int status) {
        answerOnce(aResponse().withStatus(status));
        offer(batcher, 0, 200);
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofSeconds(1));
        assertSentAgain();
        assertEquals(0, batcher.statistics().resent());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterInSeconds_isKept(int status) {
        answerOnce(aResponse().withStatus(status).withHeader("Retry-After", "40"));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofMillis(39_999));
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofMillis(1));
        assertSentAgain();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterOfNought_isNotSentAgainByTheHttpClient(int status) {
        answerOnce(aResponse().withStatus(status).withHeader("Retry-After", "0"));
        offer(batcher, 0, 200);
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofSeconds(1));
        assertSentAgain();
    }

    @Test
    void retryAfterWithADate_isKept() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(100).atOffset(ZoneOffset.UTC));
        answerOnce(aResponse().withStatus(429).withHeader("Retry-After", date));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofSeconds(30)); // dates are compared with the machine's clock
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofSeconds(70));
        assertSentAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999", "99999999999999999999999999", "soon", "-5"})
    void strangeRetryAfter_isFiveMinutesAtMost(String stated) {
        answerOnce(aResponse().withStatus(503).withHeader("Retry-After", stated));
        offer(batcher, 0, 200);
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofMinutes(5));
        assertSentAgain();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422})
    void refused_isNeverSentAgain(int status) {
        answerOnce(aResponse().withStatus(status));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofHours(1));
        assertEquals(
                List.of(range(0, 100), range(100, 200)),
                requests().stream().map(HttpDeliveryTest::numbers).toList());
        BatcherStatistics figures = balanced(batcher, 200);
        assertEquals(List.of(100L, 100L, 0L), List.of(figures.refused(), figures.sent(), figures.retries()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirect_isNotFollowed(int status) {
        answerOnce(aResponse().withStatus(status).withHeader("Location", receiver.baseUrl() + "/elsewhere"));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofHours(1));
        assertEquals(2, requests().size());
        assertTrue(requests().stream().allMatch(request -> request.getUrl().startsWith("/base/")));
        assertEquals(100, balanced(batcher, 200).refused());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    void brokenConnection_isSentAgainUnderTheSameId(Fault fault) {
        answerOnce(aResponse().withFault(fault));
        offer(batcher, 0, 200);
        assertEquals(1, requests().size());
        bench.time.advance(Duration.ofSeconds(1));
        assertSentAgain();
        assertEquals(1, batcher.statistics().resent());
    }

    /** The status says that it was taken; what comes after that is nobody's business. */
    @Test
    void garbledBodyAfterAGoodStatus_isTaken() {
        answerOnce(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
        offer(batcher, 0, 200);
        bench.time.advance(Duration.ofHours(1));
        assertEquals(2, requests().size());
        assertEquals(200, balanced(batcher, 200).sent());
    }

    @Test
    void answerPastTheDeadline_isSentAgainUnderTheSameId() {
        answerOnce(aResponse().withStatus(200).withFixedDelay(60_000));
        List<String> tried = new ArrayList<>();
        HttpExporter hurried = HttpExporter.builder(receiver.baseUrl())
                .answerWithin(Duration.ofSeconds(1))
                .build();
        HttpExporter patient = HttpExporter.to(receiver.baseUrl());
        EventBatcher hasty = bench.batcher((batch, call) -> {
            tried.add(batch.id().toString());
            return (tried.size() == 1 ? hurried : patient).export(batch, call);
        });
        offer(hasty, 0, 100);
        assertEquals(100, balanced(hasty, 100).inDelivery());
        bench.time.advance(Duration.ofSeconds(1));
        assertEquals(2, tried.size());
        assertEquals(tried.get(0), tried.get(1));
        BatcherStatistics figures = balanced(hasty, 100);
        assertEquals(List.of(100L, 1L), List.of(figures.sent(), figures.resent()));
        hasty.close();
        hurried.close();
        patient.close();
    }

    @Test
    void slowBodyAfterAGoodStatus_isTaken_andNotWaitedFor() {
        answerOnce(aResponse().withStatus(200).withBody("x".repeat(200)).withChunkedDribbleDelay(20, 60_000));
        offer(batcher, 0, 200);
        assertEquals(200, balanced(batcher, 200).sent());
        assertEquals(2, requests().size());
    }

    @Test
    void noReceiver_isTriedAgain_andNothingMayHaveArrived() {
        receiver.stop();
        offer(batcher, 0, 100);
        bench.time.advance(Duration.ofSeconds(1));
        BatcherStatistics figures = balanced(batcher, 100);
        assertEquals(List.of(1L, 0L), List.of(figures.retries(), figures.resent()));
    }

    /** The clock of {@link ManualTime} does not drive OkHttp: its deadlines are the machine's. */
    @Test
    void manyTroubles_oneAfterTheOther_keepOrder() {
        List<ResponseDefinitionBuilder> answers = List.of(
                aResponse().withStatus(503),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withStatus(200),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(429).withHeader("Retry-After", "3"),
                aResponse().withStatus(200),
                aResponse().withStatus(500));
        for (int step = 0; step < answers.size(); step++) {
            receiver.stubFor(post(anyUrl())
                    .inScenario("s")
                    .whenScenarioStateIs(step == 0 ? Scenario.STARTED : "step " + step)
                    .willReturn(answers.get(step))
                    .willSetStateTo("step " + (step + 1)));
        }
        receiver.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("step " + answers.size())
                .willReturn(aResponse().withStatus(204)));
        offer(batcher, 0, 1_000);
        bench.time.advance(Duration.ofMinutes(10));
        List<Integer> once = new ArrayList<>();
        String last = "";
        for (LoggedRequest request : requests()) {
            if (!id(request).equals(last)) {
                once.addAll(numbers(request));
            }
            last = id(request);
        }
        assertEquals(range(0, 1_000), once);
        assertEquals(1_000, balanced(batcher, 1_000).sent());
        assertEquals(10 + 5, requests().size());
    }
}
