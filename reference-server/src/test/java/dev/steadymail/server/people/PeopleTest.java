package dev.steadymail.server.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** People and their tokens, over HTTP and a real database. */
@TestInstance(Lifecycle.PER_CLASS)
final class PeopleTest {
    private static final String PASSWORD = "quince marmalade 4711";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private RunningServer server;
    private String signingSecret;

    @BeforeAll
    void start(@TempDir Path data) {
        server = RunningServer.start(data);
        signingSecret = read(data.resolve("secrets").resolve("jwt"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void whoRegisters_ownsAnOrganisation_andSeesNothingOfOthers() {
        Someone ada = register();
        JsonNode me = get("/api/v1/auth/me", ada).json();
        assertEquals("owner", me.get("role").asString());
        assertEquals(1, me.get("organisations").size());
        assertEquals(0, get("/api/v1/accounts", ada).json().get("items").size());
        assertEquals(403, get("/actuator/prometheus", ada).status(), "the operator's alone");
        assertEquals(409, registered(ada.email()).status(), "the address is taken");
    }

    @Test
    void refusedLogin_saysTheSame_whateverWasWrong() {
        Someone ada = register();
        Answer wrongPassword = login(ada.email(), "not the password");
        Answer nobody = login("nobody@example.org", PASSWORD);
        assertEquals(401, wrongPassword.status());
        assertEquals(wrongPassword.text(), nobody.text());
        assertEquals(
                200,
                login(ada.email().toUpperCase(java.util.Locale.ROOT), PASSWORD).status());
    }

    @Test
    void address_isLockedAfterFailures_alsoForTheRightPassword_andForNobody() {
        Someone ada = register();
        for (String email : List.of(ada.email(), "someone-else@example.org")) {
            for (int i = 0; i < 5; i++) {
                assertEquals(401, login(email, "not the password").status());
            }
        }
        assertEquals(401, login(ada.email(), PASSWORD).status());
        server.bean(JdbcTemplate.class).update("update login_failure set locked_until = now() - interval '1 second'");
        assertEquals(200, login(ada.email(), PASSWORD).status());
    }

    @Test
    void refreshToken_isUsedOnce_andItsReuseEndsTheSession() {
        Someone ada = register();
        Someone next = refreshed(ada);
        assertNotEquals(ada.refresh(), next.refresh());
        assertEquals(next.refresh(), refreshed(ada).refresh(), "asked again after an answer that was lost");
        later(ada.session());
        Someone third = refreshed(next);
        later(ada.session());
        assertEquals(401, refresh(next.refresh()).status(), "a copy that is used later");
        assertEquals(401, refresh(third.refresh()).status(), "and with it the family");
        assertEquals(401, get("/api/v1/auth/me", third).status(), "and its access tokens");
    }

    @Test
    void fiftyRefreshesAtOnce_endWithOneLiveToken() throws Exception {
        Someone ada = register();
        Set<String> next = new HashSet<>();
        for (Answer answer : atOnce(50, () -> refresh(ada.refresh()))) {
            assertEquals(200, answer.status(), answer.text());
            next.add(answer.json().get("refreshToken").asString());
        }
        assertEquals(1, next.size());
        assertEquals(200, refresh(next.iterator().next()).status());
    }

    @Test
    void logout_endsAccessAndRefresh_atOnce_andOnlyOfThisDevice() {
        Someone phone = register();
        Someone laptop = someone(login(phone.email(), PASSWORD, "laptop"), phone.email());
        assertEquals(2, get("/api/v1/sessions", laptop).json().get("items").size());
        assertEquals(
                204,
                server.send("POST", "/api/v1/auth/logout", phone.access(), null).status());
        assertEquals(401, get("/api/v1/auth/me", phone).status());
        assertEquals(401, refresh(phone.refresh()).status());
        assertEquals(200, get("/api/v1/auth/me", laptop).status());
        Someone again = someone(login(phone.email(), PASSWORD, "laptop"), phone.email());
        assertEquals(401, get("/api/v1/auth/me", laptop).status(), "one live family for each device");
        assertEquals(
                204,
                server.send("DELETE", "/api/v1/sessions/" + again.session(), again.access(), null)
                        .status());
        assertEquals(401, get("/api/v1/auth/me", again).status());
    }

    @Test
    void sessionsOfOthers_areNotThere() {
        Someone ada = register();
        Someone bob = register();
        String path = "/api/v1/sessions/" + ada.session();
        assertEquals(404, server.send("DELETE", path, bob.access(), null).status());
        assertEquals(200, get("/api/v1/auth/me", ada).status());
    }

    @Test
    void invitedPerson_becomesWhatTheyWereInvitedTo_once() {
        Someone ada = register();
        String email = email();
        String token = server.send("POST", "/api/v1/organisation/invitations", ada.access(), """
                        {"email":"%s","role":"member"}""".formatted(email))
                .json()
                .get("token")
                .asString();
        assertEquals(404, accept(token, email()).status(), "it is for another address");
        Someone bob = someone(accept(token, email), email);
        assertEquals("member", get("/api/v1/auth/me", bob).json().get("role").asString());
        assertEquals(404, accept(token, email()).status(), "used up");
        assertEquals(
                403,
                server.send("PATCH", "/api/v1/organisation", bob.access(), "{\"name\":\"x\"}")
                        .status());
        assertEquals(
                2, get("/api/v1/organisation/members", bob).json().get("items").size());
    }

    @Test
    void memberWhoIsTakenOut_isOutAtOnce_andTheLastOwnerStays() {
        Someone ada = register();
        Someone bob = invited(ada, "admin");
        String members = "/api/v1/organisation/members/";
        assertEquals(
                403,
                server.send("DELETE", members + ada.id(), bob.access(), null).status());
        assertEquals(403, role(bob, bob.id(), "owner").status(), "above his own");
        assertEquals(204, role(ada, bob.id(), "owner").status());
        assertEquals(
                204,
                server.send("DELETE", members + ada.id(), bob.access(), null).status());
        assertEquals(401, get("/api/v1/auth/me", ada).status());
        assertEquals(
                409,
                server.send("DELETE", members + bob.id(), bob.access(), null).status());
        assertEquals(409, role(bob, bob.id(), "member").status());
    }

    @Test
    void ownersWhoRemoveEachOtherAtOnce_leaveOne() throws Exception {
        Someone ada = register();
        Someone bob = invited(ada, "owner");
        List<Answer> answers = atOnce(2, new AtomicInteger(), turn -> {
            Someone caller = turn == 0 ? ada : bob;
            Someone other = turn == 0 ? bob : ada;
            return server.send("DELETE", "/api/v1/organisation/members/" + other.id(), caller.access(), null);
        });
        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 204).count());
    }

    @Test
    void apiToken_doesWhatItsScopesSay_untilItIsRemoved() {
        Someone ada = register();
        Answer made = server.send("POST", "/api/v1/api-tokens", ada.access(), """
                {"name":"reader","scopes":["accounts:read"],"expiresAt":"%s"}""".formatted(
                        Instant.now().plusSeconds(600)));
        assertEquals(201, made.status(), made.text());
        String token = made.json().get("token").asString();
        assertEquals(200, server.send("GET", "/api/v1/accounts", token, null).status());
        assertEquals(403, server.send("POST", "/api/v1/accounts", token, "{}").status());
        assertEquals(403, server.send("GET", "/api/v1/auth/me", token, null).status(), "a person's own");
        assertFalse(get("/api/v1/api-tokens", ada).text().contains(token));
        String id = made.json().get("id").asString();
        Someone bob = register();
        assertEquals(
                404,
                server.send("DELETE", "/api/v1/api-tokens/" + id, bob.access(), null)
                        .status());
        assertEquals(
                204,
                server.send("DELETE", "/api/v1/api-tokens/" + id, ada.access(), null)
                        .status());
        assertEquals(401, server.send("GET", "/api/v1/accounts", token, null).status());
    }

    @Test
    void apiToken_cannotBeMadeForWhatPeopleOrTheOperatorDo() {
        Someone ada = register();
        for (String scope : List.of("self", "operate", "everything", "")) {
            Answer answer = server.send("POST", "/api/v1/api-tokens", ada.access(), """
                    {"name":"x","scopes":["%s"],"expiresAt":"%s"}""".formatted(
                            scope, Instant.now().plusSeconds(600)));
            assertEquals(422, answer.status(), scope);
        }
    }

    @Test
    void passwordChange_endsOtherSessions() {
        Someone phone = register();
        Someone laptop = someone(login(phone.email(), PASSWORD, "laptop"), phone.email());
        String path = "/api/v1/auth/password";
        assertEquals(
                401,
                server.send("POST", path, laptop.access(), "{\"current\":\"wrong\",\"next\":\"plum jam and toast\"}")
                        .status());
        String body = "{\"current\":\"" + PASSWORD + "\",\"next\":\"plum jam and toast\"}";
        assertEquals(204, server.send("POST", path, laptop.access(), body).status());
        assertEquals(401, get("/api/v1/auth/me", phone).status());
        assertEquals(200, get("/api/v1/auth/me", laptop).status());
        assertEquals(401, login(phone.email(), PASSWORD).status());
    }

    @Test
    void policy_decidesFromWherePeopleComeIn_andNobodyLocksThemselvesOut() {
        Someone ada = register();
        String path = "/api/v1/organisation/sign-in-policy";
        assertEquals(
                422,
                server.send("PUT", path, ada.access(), "{\"networks\":[\"here\"]}")
                        .status());
        assertEquals(
                422,
                server.send("PUT", path, ada.access(), "{\"networks\":[\"192.0.2.0/24\"]}")
                        .status());
        assertEquals(
                200,
                server.send("PUT", path, ada.access(), "{\"networks\":[\"127.0.0.0/8\"],\"sessionSeconds\":900}")
                        .status());
        Someone again = refreshed(ada);
        JsonNode session = get("/api/v1/sessions", again).json().get("items").get(0);
        Instant end = Instant.parse(session.get("expiresAt").asString());
        assertTrue(end.isBefore(Instant.now().plusSeconds(901)), "as long as the policy says now: " + end);
        String invitation =
                invitation(again, email(), "member").json().get("token").asString();
        server.bean(JdbcTemplate.class)
                .update(
                        "update sign_in_policy set networks = array['192.0.2.0/24'] where organisation_id = ?",
                        UUID.fromString(get("/api/v1/organisation", again)
                                .json()
                                .get("id")
                                .asString()));
        assertEquals(403, login(ada.email(), PASSWORD).status());
        assertEquals(403, refresh(again.refresh()).status());
        assertEquals(200, get("/api/v1/auth/me", again).status(), "a refresh from elsewhere uses nothing up");
        assertEquals(404, accept(invitation, "other@example.org").status());
    }

    @Test
    void programs_changeNoPeople() {
        Someone ada = register();
        Someone bob = invited(ada, "member");
        String token = server.send("POST", "/api/v1/api-tokens", ada.access(), """
                        {"name":"hr","scopes":["organisation:write","organisation:read"],"expiresAt":"%s"}""".formatted(
                                Instant.now().plusSeconds(600)))
                .json()
                .get("token")
                .asString();
        String members = "/api/v1/organisation/members/" + bob.id();
        assertEquals(
                200,
                server.send("GET", "/api/v1/organisation/members", token, null).status());
        assertEquals(
                403,
                server.send("POST", "/api/v1/organisation/invitations", token, "{}")
                        .status());
        assertEquals(
                403,
                server.send("PATCH", members, token, "{\"role\":\"owner\"}").status());
        assertEquals(403, server.send("DELETE", members, token, null).status());
    }

    @Test
    void invitation_isGoodAsLongAsWhoGaveItMayGiveIt_andCanBeTakenBack() {
        Someone ada = register();
        Someone eve = invited(ada, "owner");
        Someone dan = invited(ada, "owner");
        String byEve = email();
        String byDan = email();
        String first = invitation(eve, byEve, "owner").json().get("token").asString();
        String second = invitation(dan, byDan, "owner").json().get("token").asString();
        assertEquals(
                204,
                server.send("DELETE", "/api/v1/organisation/members/" + eve.id(), ada.access(), null)
                        .status());
        assertEquals(204, role(ada, dan.id(), "admin").status());
        assertEquals(404, accept(first, byEve).status(), "who was taken out lets nobody in");
        assertEquals(404, accept(second, byDan).status(), "nor makes an admin an owner");
        String third = email();
        JsonNode open = invitation(ada, third, "member").json();
        String path = "/api/v1/organisation/invitations";
        assertTrue(get(path, ada).text().contains(third));
        assertFalse(get(path, ada).text().contains(open.get("token").asString()));
        assertEquals(
                204,
                server.send("DELETE", path + "/" + open.get("id").asString(), ada.access(), null)
                        .status());
        assertEquals(404, accept(open.get("token").asString(), third).status());
    }

    @Test
    void personOfAnotherOrganisation_joinsByTheirOwnPassword() {
        Someone ada = register();
        Someone bob = register();
        String token =
                invitation(ada, bob.email(), "member").json().get("token").asString();
        Answer wrong = server.send("POST", "/api/v1/auth/accept", null, """
                {"invitation":"%s","email":"%s","password":"not the password"}""".formatted(token, bob.email()));
        assertEquals(401, wrong.status(), "the address alone is not enough");
        Someone joined = someone(accept(token, bob.email()), bob.email());
        assertEquals(bob.id(), joined.id());
        assertEquals(
                2, get("/api/v1/auth/me", joined).json().get("organisations").size());
    }

    @Test
    void ownerWhoAcceptsAnInvitation_staysAnOwner() {
        Someone ada = register();
        String token =
                invitation(ada, ada.email(), "member").json().get("token").asString();
        Someone again = someone(accept(token, ada.email()), ada.email());
        assertEquals("owner", get("/api/v1/auth/me", again).json().get("role").asString());
    }

    @Test
    void guessesAtOnce_areNoMoreThanOneAfterAnother() throws Exception {
        Someone ada = register();
        List<Answer> answers = atOnce(12, () -> login(ada.email(), "not the password"));
        assertTrue(answers.stream().allMatch(answer -> answer.status() == 401));
        assertEquals(401, login(ada.email(), PASSWORD).status(), "locked");
        int counted = server.bean(JdbcTemplate.class)
                .queryForObject("select max(failures) from login_failure", Integer.class);
        assertTrue(counted <= 8, "what was under way when the lock fell, and no more: " + counted);
    }

    @Test
    void textThatWasNeverAToken_endsNoSession() {
        Someone ada = register();
        for (String forged : List.of(ada.session() + ".x", ada.session() + ".x.y", ada.refresh() + "x", "..", "x")) {
            assertEquals(401, refresh(forged).status(), forged);
        }
        assertEquals(200, refresh(ada.refresh()).status());
    }

    @Test
    void whatIsOver_isForgotten() {
        Someone ada = register();
        JdbcTemplate jdbc = server.bean(JdbcTemplate.class);
        jdbc.update(
                "update login_session set expires_at = now() - interval '31 days' where id = ?",
                UUID.fromString(ada.session()));
        server.bean(PeopleCleaning.class).run();
        assertEquals(
                0,
                jdbc.queryForObject(
                        "select count(*) from login_session where id = ?",
                        Integer.class,
                        UUID.fromString(ada.session())));
    }

    @Test
    void securityEvents_leaveOneRowEach_thatItsOwnOrganisationReads() {
        Someone ada = register();
        Someone bob = invited(ada, "member");
        login(ada.email(), "not the password");
        login(ada.email(), PASSWORD, "laptop");
        role(ada, bob.id(), "admin");
        server.send("POST", "/api/v1/auth/logout", bob.access(), null);
        List<String> actions = new ArrayList<>();
        get("/api/v1/organisation/audit", ada)
                .json()
                .get("items")
                .forEach(row -> actions.add(row.get("action").asString()));
        assertEquals(
                List.of(
                        "logout",
                        "member.role.admin",
                        "login",
                        "login.failed",
                        "member.join",
                        "member.invite.member",
                        "organisation.found"),
                actions);
        assertFalse(get("/api/v1/organisation/audit", register()).text().contains("member.join"));
    }

    /** RFC 8725: whatever a token says of itself, only ours are taken, and all others are told the same. */
    @Test
    void forgedTokens_areAllRefusedAlike() {
        Someone ada = register();
        String[] parts = ada.access().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        assertEquals(
                200,
                server.send("GET", "/api/v1/auth/me", signed(header, claims), null)
                        .status(),
                "the forger can sign");
        List<String> forged = new ArrayList<>(List.of(
                encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".",
                encoded("{\"alg\":\"None\"}") + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                parts[0] + "." + encoded(claims.replace("\"sub\"", "\"sub2\"")) + "." + parts[2],
                signed(header.replace("at+jwt", "JWT"), claims),
                signed("{\"alg\":\"HS256\"}", claims),
                signed("{\"alg\":\"HS384\",\"typ\":\"at+jwt\"}", claims),
                signed("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", claims),
                signed("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"crit\":[\"x\"],\"x\":1}", claims),
                signedWith("x".repeat(32), header, claims),
                signedWith("", header + " ", claims)));
        for (String kid : List.of("../../../../dev/null", "' or 1=1 --", "http://127.0.0.1/key")) {
            String named = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\",\"jku\":\"" + kid + "\"}";
            forged.add(signedWith("another secret of a forger, 32 B!", named, claims));
        }
        forged.add(signedWith(
                "k".repeat(32),
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + encoded("k".repeat(32))
                        + "\"}}",
                claims));
        for (String change : List.of(
                "\"iss\":\"steadymail\"=>\"iss\":\"other\"",
                "\"aud\":\"steadymail-api\"=>\"aud\":\"other\"",
                "\"sid\"=>\"other\"",
                "\"exp\"=>\"other\"",
                "\"iat\"=>\"other\"")) {
            String[] pair = change.split("=>");
            String changed = claims.replace(pair[0], pair[1]);
            assertNotEquals(claims, changed, change);
            forged.add(signed(header, changed));
        }
        long now = Instant.now().getEpochSecond();
        forged.add(signed(header, time(claims, now - 2_000, now - 1_000)));
        forged.add(signed(header, time(claims, now + 600, now + 1_200)));
        forged.add(signed(header, time(claims, now - 10, now + 86_400)));
        forged.add(signed(header, claims.replaceAll("\"sid\":\"[^\"]*\"", "\"sid\":\"" + UUID.randomUUID() + "\"")));
        forged.add(signed(header, claims.replaceAll("\"sub\":\"[^\"]*\"", "\"sub\":\"" + UUID.randomUUID() + "\"")));
        Set<String> bodies = new HashSet<>();
        for (String token : forged) {
            Answer answer = server.send("GET", "/api/v1/auth/me", token, null);
            assertEquals(401, answer.status(), token);
            bodies.add(answer.text());
        }
        assertTrue(forged.size() >= 25, "as many as there should be: " + forged.size());
        assertEquals(1, bodies.size(), "all are told the same");
    }

    private static String time(String claims, long issued, long expires) {
        return claims.replaceAll("\"iat\":[0-9]+", "\"iat\":" + issued)
                .replaceAll("\"exp\":[0-9]+", "\"exp\":" + expires);
    }

    private String signed(String header, String claims) {
        return signedWith(signingSecret, header, claims);
    }

    private static String signedWith(String secret, String header, String claims) {
        String content = encoded(header) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = secret.isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Eleven seconds pass for a session. */
    private void later(String session) {
        server.bean(JdbcTemplate.class)
                .update(
                        "update login_session set rotated_at = rotated_at - interval '11 seconds' where id = ?",
                        UUID.fromString(session));
    }

    private static List<Answer> atOnce(int times, Supplier<Answer> call) throws InterruptedException {
        return atOnce(times, new AtomicInteger(), turn -> call.get());
    }

    private static List<Answer> atOnce(int times, AtomicInteger turns, java.util.function.IntFunction<Answer> call)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> call.apply(turns.getAndIncrement())));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : running) {
                answers.add(each.get());
            }
            return answers;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private Someone register() {
        String email = email();
        return someone(registered(email), email);
    }

    private Answer registered(String email) {
        return server.send("POST", "/api/v1/auth/register", null, """
                {"organisation":"Quince & Sons","email":"%s","password":"%s","device":"phone"}""".formatted(email, PASSWORD));
    }

    private Answer invitation(Someone by, String email, String role) {
        return server.send("POST", "/api/v1/organisation/invitations", by.access(), """
                {"email":"%s","role":"%s"}""".formatted(email, role));
    }

    private Someone invited(Someone by, String role) {
        String email = email();
        String token = invitation(by, email, role).json().get("token").asString();
        return someone(accept(token, email), email);
    }

    private Answer accept(String token, String email) {
        return server.send("POST", "/api/v1/auth/accept", null, """
                {"invitation":"%s","email":"%s","password":"%s"}""".formatted(token, email, PASSWORD));
    }

    private Answer role(Someone caller, String person, String role) {
        String path = "/api/v1/organisation/members/" + person;
        return server.send("PATCH", path, caller.access(), "{\"role\":\"" + role + "\"}");
    }

    private Answer login(String email, String password) {
        return login(email, password, "another");
    }

    private Answer login(String email, String password, String device) {
        return server.send("POST", "/api/v1/auth/login", null, """
                {"email":"%s","password":"%s","device":"%s"}""".formatted(email, password, device));
    }

    private Answer refresh(String token) {
        return server.send("POST", "/api/v1/auth/refresh", null, "{\"refreshToken\":\"" + token + "\"}");
    }

    private Someone refreshed(Someone before) {
        return someone(refresh(before.refresh()), before.email());
    }

    private Answer get(String path, Someone who) {
        return server.send("GET", path, who.access(), null);
    }

    private static String email() {
        return "person" + NUMBER.incrementAndGet() + "@example.org";
    }

    private Someone someone(Answer answer, String email) {
        assertTrue(answer.status() == 200 || answer.status() == 201, answer.text());
        JsonNode json = answer.json();
        String access = json.get("accessToken").asString();
        String id = server.send("GET", "/api/v1/auth/me", access, null)
                .json()
                .get("id")
                .asString();
        return new Someone(
                id,
                email,
                access,
                json.get("refreshToken").asString(),
                json.get("sessionId").asString());
    }

    private record Someone(String id, String email, String access, String refresh, String session) {}
}
