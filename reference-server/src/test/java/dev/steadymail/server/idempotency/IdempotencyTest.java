package dev.steadymail.server.idempotency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Requests that come twice, over HTTP. */
@TestInstance(Lifecycle.PER_CLASS)
final class IdempotencyTest {
    private static final String ONCE = "/api/v1/test/once";
    private static final String REPEATABLE = "/api/v1/test/repeatable";

    private RunningServer server;
    private CountingRoutes routes;
    private String key;

    @BeforeAll
    void start(@TempDir Path data) {
        server = RunningServer.start(data, TestDatabase.createUrl(), Map.of(CountingRoutes.WANTED, "true"));
        routes = server.bean(CountingRoutes.class);
    }

    @AfterAll
    void close() {
        server.close();
    }

    @BeforeEach
    void reset() {
        key = UUID.randomUUID().toString();
        routes.status = 201;
        routes.done.set(0);
        routes.began = new CountDownLatch(1);
    }

    @Test
    void theSameRequest_isAnsweredAlike_andDoneOnce() {
        Answer first = post(ONCE, "{\"a\":1}  ");
        Answer again = post(ONCE, "{\"a\":1}  ");
        assertEquals(201, first.status(), first.text());
        assertEquals("", first.header("Idempotency-Replayed"));
        assertEquals(201, again.status());
        assertEquals("true", again.header("Idempotency-Replayed"));
        assertArrayEquals(first.bytes(), again.bytes());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertFalse(first.header(header).isEmpty(), header);
            assertEquals(first.header(header), again.header(header));
        }
        assertEquals(1, routes.done.get());
    }

    @Test
    void anotherRequestWithTheKey_isRefused() {
        assertEquals(201, post(ONCE, "{\"a\":1}").status());
        assertEquals(422, post(ONCE, "{\"a\":2}").status());
        assertEquals(422, post(ONCE, "{\"a\":1} ").status(), "the octets count");
        assertEquals(422, post(ONCE + "?x=1", "{\"a\":1}").status());
        assertEquals(422, post(REPEATABLE, "{\"a\":1}").status());
        assertEquals(201, server.post(ONCE, "{\"a\":1}").status(), "no key, no memory");
        assertEquals(2, routes.done.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "long"})
    void aKeyThatIsNone_isRefused(String wrong) {
        key = wrong.equals("long") ? "x".repeat(256) : wrong;
        assertEquals(400, post(ONCE, "{}").status());
        assertEquals(0, routes.done.get());
    }

    @Test
    void theLongestKey_isTaken() {
        key = "~".repeat(255);
        assertEquals(201, post(ONCE, "{}").status());
        assertEquals("true", post(ONCE, "{}").header("Idempotency-Replayed"));
    }

    @Test
    void aSecondOneMeanwhile_isToldToWait_andGetsTheAnswerThen() throws Exception {
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> post(ONCE, "{\"wait\":1}"));
        assertTrue(routes.began.await(30, TimeUnit.SECONDS));
        Answer meanwhile = post(ONCE, "{\"wait\":1}");
        assertEquals(409, meanwhile.status(), meanwhile.text());
        assertEquals("2", meanwhile.header("Retry-After"));
        routes.mayEnd.release();
        assertEquals(201, first.get(30, TimeUnit.SECONDS).status());
        Answer afterwards = post(ONCE, "{\"wait\":1}");
        assertEquals("true", afterwards.header("Idempotency-Replayed"));
        assertEquals(1, routes.done.get());
    }

    @Test
    void manyAtOnce_haveOneEffect() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(clients.submit(() -> post(ONCE, "{}")));
        }
        for (Future<Answer> answer : answers) {
            int status = answer.get(60, TimeUnit.SECONDS).status();
            assertTrue(status == 201 || status == 409, "status " + status);
        }
        clients.shutdown();
        assertEquals(1, routes.done.get());
    }

    @Test
    void aRunThatDied_isRepeatedOnlyWhereThatIsSafe() {
        die(ONCE, "1 minute");
        assertEquals(409, post(ONCE, "{}").status(), "it may still be running");
        age("2 minutes 1 second");
        Answer unknown = post(ONCE, "{}");
        assertEquals(409, unknown.status());
        assertTrue(unknown.json().get("detail").asString().startsWith("outcome unknown"), unknown.text());
        assertEquals(0, routes.done.get());
        key = UUID.randomUUID().toString();
        die(REPEATABLE, "1 minute");
        assertEquals(409, post(REPEATABLE, "{}").status());
        age("2 minutes 1 second");
        assertEquals(422, post(ONCE, "{}").status(), "another request");
        assertEquals(201, post(REPEATABLE, "{}").status());
        assertEquals("true", post(REPEATABLE, "{}").header("Idempotency-Replayed"));
        assertEquals(1, routes.done.get());
    }

    @Test
    void aRunThatWasGivenUp_doesNotWriteOverTheNextOne() throws Exception {
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> post(REPEATABLE, "{\"wait\":1}"));
        assertTrue(routes.began.await(30, TimeUnit.SECONDS));
        age("3 minutes");
        CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> post(REPEATABLE, "{\"wait\":1}"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (routes.done.get() < 2 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        routes.mayEnd.release(2);
        assertEquals(201, first.get(30, TimeUnit.SECONDS).status());
        Answer kept = second.get(30, TimeUnit.SECONDS);
        assertArrayEquals(kept.bytes(), post(REPEATABLE, "{\"wait\":1}").bytes());
    }

    @Test
    void afterADay_theKeyIsFree() {
        assertEquals(201, post(ONCE, "{}").status());
        age("23 hours 59 minutes");
        assertEquals("true", post(ONCE, "{}").header("Idempotency-Replayed"));
        age("24 hours 1 minute");
        assertEquals("", post(ONCE, "{\"other\":1}").header("Idempotency-Replayed"));
        assertEquals(2, routes.done.get());
        age("25 hours");
        server.bean(KeyCleaning.class).run();
        assertEquals(0, count());
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 503})
    void answersThatPass_areNotKept(int status) {
        routes.status = status;
        assertEquals(status, post(ONCE, "{}").status());
        routes.status = 201;
        assertEquals(201, post(ONCE, "{}").status());
        assertEquals(2, routes.done.get());
    }

    @Test
    void errors_areKept_thoseOfTheServerWhereItCouldBeDoneTwice() {
        routes.status = 422;
        assertEquals(422, post(REPEATABLE, "{}").status());
        routes.status = 201;
        assertEquals("true", post(REPEATABLE, "{}").header("Idempotency-Replayed"));
        key = UUID.randomUUID().toString();
        routes.status = 504;
        assertEquals(504, post(REPEATABLE, "{}").status());
        assertEquals("", post(REPEATABLE, "{}").header("Idempotency-Replayed"));
        key = UUID.randomUUID().toString();
        assertEquals(504, post(ONCE, "{}").status());
        assertEquals("true", post(ONCE, "{}").header("Idempotency-Replayed"));
    }

    @Test
    void anAnswerTooLongToKeep_isGivenOnce_andNotDoneAgain() {
        Answer first = post("/api/v1/test/long", "");
        assertEquals((64 << 10) + 1, first.bytes().length);
        Answer again = post("/api/v1/test/long", "");
        assertEquals(409, again.status(), again.text());
        assertEquals(1, routes.done.get());
    }

    @Test
    void anotherOrganisation_hasKeysOfItsOwn() {
        JdbcTemplate jdbc = server.bean(JdbcTemplate.class);
        UUID organisation = UUID.randomUUID();
        jdbc.update("insert into organisation (id, name) values (?, 'Others')", organisation);
        KeyRows rows = server.bean(KeyRows.class);
        assertEquals(201, post(ONCE, "{}").status());
        Run theirs = new Run(UUID.randomUUID(), Caller.OPERATOR, key, "POST", ONCE, false);
        Tenancy.in(organisation, () -> {
            assertTrue(rows.find(Caller.OPERATOR, key).isEmpty());
            assertTrue(rows.claim(theirs));
            assertFalse(rows.claim(theirs));
            rows.complete(theirs, new byte[32], new KeptAnswer(200, Map.of(), new byte[0]));
        });
        Answer ours = post(ONCE, "{}");
        assertEquals(201, ours.status());
        assertEquals("true", ours.header("Idempotency-Replayed"));
    }

    @Test
    void upload_isStreamedUpToItsOwnLimit() {
        String fits = "x".repeat(1 << 20);
        Answer first = post("/api/v1/test/upload", fits);
        assertEquals(200, first.status(), first.text());
        assertEquals(1 << 20, first.json().get("bytes").asInt());
        assertEquals("true", post("/api/v1/test/upload", fits).header("Idempotency-Replayed"));
        assertEquals(
                422, post("/api/v1/test/upload", fits.replace("xxxx", "xxxy")).status());
        key = UUID.randomUUID().toString();
        assertEquals(413, post("/api/v1/test/upload", fits + "x").status());
        assertEquals(413, server.postChunked("/api/v1/test/upload", fits + "x").status());
        assertEquals(
                413,
                server.postChunked("/api/v1/test/parsed", "{\"a\":\"" + fits + "\"}")
                        .status());
        assertEquals(
                200,
                server.postChunked("/api/v1/test/parsed", "{\"a\":\"" + fits.substring(9) + "\"}")
                        .status());
        assertEquals(
                413, server.postChunked("/api/v1/test/small", "{\"a\":12345}").status());
        assertEquals(
                200, server.postChunked("/api/v1/test/small", "{\"a\":1234}").status());
        assertEquals(413, post(ONCE, "{\"a\":\"" + "x".repeat(64 << 10) + "\"}").status());
        assertEquals(201, post(ONCE, "{}").status(), "what was too long did not use up the key");
    }

    private Answer post(String path, String json) {
        return server.sendWith("POST", path, json, "Idempotency-Key", key);
    }

    private void die(String path, String ago) {
        Tenancy.in(
                Caller.OPERATORS,
                () -> assertTrue(server.bean(KeyRows.class)
                        .claim(new Run(
                                UUID.randomUUID(), Caller.OPERATOR, key, "POST", path, path.equals(REPEATABLE)))));
        age(ago);
    }

    private void age(String ago) {
        int changed = Tenancy.in(
                Caller.OPERATORS,
                () -> server.bean(JdbcTemplate.class)
                        .update("update idempotency_key set began_at = now() - ?::interval where key = ?", ago, key));
        assertEquals(1, changed);
    }

    private int count() {
        return Tenancy.in(
                Caller.OPERATORS,
                () -> server.bean(JdbcTemplate.class)
                        .queryForList("select 1 from idempotency_key where key = ?", key)
                        .size());
    }
}
