package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.Routes.Route;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Goes to every route there is, as everybody who should not get in: without a token, with too few scopes, in too low a role, and as the owner of
 * another organisation with ids of this one. The routes are those of the running server, so a new one is crawled as soon as it is there.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class TenantCrawlerTest {
    private static final String PASSWORD = "quince marmalade 4711";
    private static final Path TABLE = Path.of("..", "docs", "api-rights.md");
    private static final Pattern ID = Pattern.compile("\\{([^}:]+)[^}]*}");

    /**
     * What a request must say for its ids to be looked at, where an empty object does not do. A new route that judges its body first fails the
     * crawl until it is here.
     */
    private static final Map<String, Example> EXAMPLES = Map.ofEntries(
            Map.entry("POST /api/v1/accounts/{id}/mailboxes", Example.body("{\"name\":\"x\"}")),
            Map.entry("PATCH /api/v1/mailboxes/{id}", Example.body("{\"name\":\"x\"}")),
            Map.entry("PATCH /api/v1/emails/{id}", Example.body("{\"keywords\":{\"$seen\":true}}")),
            Map.entry("PUT /api/v1/drafts/{id}", new Example("", "{\"subject\":\"x\"}", "\"x\"")),
            Map.entry("DELETE /api/v1/drafts/{id}", new Example("", null, "\"x\"")),
            Map.entry(
                    "PUT /api/v1/signatures/{id}", Example.body("{\"name\":\"x\",\"text\":\"x\",\"isDefault\":false}")),
            Map.entry("PUT /api/v1/templates/{id}", Example.body("{\"name\":\"x\",\"text\":\"x\"}")),
            Map.entry("GET /api/v1/outbox/{key}", Example.OF_ACCOUNT),
            Map.entry("POST /api/v1/outbox/{key}/cancel", Example.OF_ACCOUNT),
            Map.entry("POST /api/v1/outbox/{key}/retry", Example.OF_ACCOUNT),
            Map.entry("GET /api/v1/threads/{threadId}", Example.OF_ACCOUNT));

    private final ImapTestServer imap =
            ImapTestServer.builder().user("ada", PASSWORD).start();
    private RunningServer server;
    private List<Route> routes;
    private String owner;
    private String member;
    private String stranger;
    private Map<String, String> ids;

    @BeforeAll
    void fill(@TempDir Path data) {
        server = RunningServer.start(data);
        routes = Routes.of(server);
        owner = token(register("ada"));
        stranger = token(register("mallory"));
        member = token(invited("bob"));
        ids = ids();
    }

    @AfterAll
    void stop() {
        server.close();
        imap.close();
    }

    @Test
    void everyRoute_saysWhoMayUseIt() {
        for (Route route : routes) {
            assertTrue(
                    (route.access() == null) != (route.open() == null),
                    route + " must have either @Access or @Open at its method");
        }
    }

    /** Write it anew with {@code -Dsteadymail.write}. */
    @Test
    void table_isThatOfTheRunningServer() throws Exception {
        StringBuilder table = new StringBuilder("""
                # Who may use which route

                Made from the running server by `TenantCrawlerTest`, which fails where a route is missing here; write it anew with
                `mvn -pl reference-server test -Dtest=TenantCrawlerTest -Dsteadymail.write`. A token needs the scope, and its person the
                role or one above it (member, admin, owner). People who log in have every scope but `operate`, which the operator's token
                alone has; tokens for programs have what they were made with, and never `self`.

                | method | route | scope | role |
                |---|---|---|---|
                """);
        routes.forEach(route -> table.append(route.row()).append('\n'));
        if (System.getProperty("steadymail.write") != null) {
            Files.writeString(TABLE, table);
        }
        assertEquals(table.toString(), Files.readString(TABLE), "docs/api-rights.md is out of date");
    }

    @Test
    void withoutAToken_everyRouteButTheOpenOnes_is401() {
        for (Route route : routes) {
            int status = call(route, null, ids).status();
            assertEquals(route.open() == null, status == 401 && isProblem(route), route + " answered " + status);
        }
    }

    /** Open routes refuse bodies that are wrong in other words. */
    private boolean isProblem(Route route) {
        return route.open() == null || call(route, null, ids).text().contains("A token is needed");
    }

    @Test
    void withATokenForSomethingElse_everyRouteIs403() {
        Map<Scope, String> tokens = new LinkedHashMap<>();
        for (Scope scope : Scope.ofTokens()) {
            tokens.put(scope, programsToken(scope));
        }
        for (Route route : routes) {
            Access access = route.access();
            if (access == null) {
                continue;
            }
            tokens.forEach((scope, token) -> {
                if (scope != access.value()) {
                    assertEquals(403, call(route, token, ids).status(), route + " with " + scope.text());
                }
            });
        }
    }

    @Test
    void inTooLowARole_everyRouteIs403() {
        for (Route route : routes) {
            Access access = route.access();
            if (access != null && access.role() != Role.MEMBER && access.value() != Scope.OPERATE) {
                assertEquals(403, call(route, member, ids).status(), route.toString());
            }
        }
    }

    @Test
    void operatorsRoutes_areClosedToOwners() {
        for (Route route : routes) {
            if (route.access() != null && route.access().value() == Scope.OPERATE) {
                assertEquals(403, call(route, owner, ids).status(), route.toString());
            }
        }
    }

    /** Threat 1: with ids of another organisation every route answers as for ids that never were. */
    @Test
    void withIdsOfAnotherOrganisation_everyRouteIs404_asWithIdsThatNeverWere() {
        Map<String, String> never = new LinkedHashMap<>(ids);
        never.replaceAll((name, id) -> isUuid(id) ? UUID.randomUUID().toString() : "never-was");
        List<String> wrong = new ArrayList<>();
        int crawled = 0;
        for (Route route : routes) {
            if (route.access() == null || !route.hasIds() || route.access().value() == Scope.OPERATE) {
                continue;
            }
            crawled++;
            Answer theirs = call(route, stranger, ids);
            Answer nobodys = call(route, stranger, never);
            if (theirs.status() != 404 || !same(theirs.text(), nobodys.text())) {
                wrong.add(route + ": " + theirs.status() + " " + theirs.text() + " / " + nobodys.status());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(crawled >= 40, "routes with ids: " + crawled);
        assertEquals(200, get("/api/v1/accounts/" + ids.get("account"), owner).status(), "and it is all still there");
        assertEquals(200, get("/api/v1/emails/" + ids.get("email"), owner).status());
    }

    @Test
    void lists_showNothingOfAnotherOrganisation() {
        for (Route route : routes) {
            if (route.access() != null && route.method().equals("GET") && !route.hasIds()) {
                String text = call(route, stranger, ids).text();
                ids.forEach((name, id) -> assertFalse(isUuid(id) && text.contains(id), route + " shows the " + name));
            }
        }
    }

    private static boolean same(String one, String other) {
        return withoutIds(one).equals(withoutIds(other));
    }

    private static String withoutIds(String text) {
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    private static boolean isUuid(String text) {
        return text.matches("[0-9a-f]{8}-[0-9a-f-]{27}");
    }

    private Answer call(Route route, @Nullable String token, Map<String, String> values) {
        Matcher variables = ID.matcher(route.path());
        String path =
                variables.replaceAll(variable -> Matcher.quoteReplacement(value(route, variable.group(1), values)));
        boolean hasBody = Set.of("POST", "PUT", "PATCH").contains(route.method());
        Example example = EXAMPLES.getOrDefault(route.toString(), new Example("", hasBody ? "{}" : null, null));
        String query = example.query().replace("ACCOUNT", values.get("account"));
        return server.sendMatching(route.method(), path + query, token, example.body(), example.ifMatch());
    }

    /** The id of what the path names: {@code /emails/{id}} is an email's. */
    private static String value(Route route, String variable, Map<String, String> values) {
        String before = route.path().substring(0, route.path().indexOf("{" + variable));
        String[] steps = before.split("/");
        String kind = variable.equals("id") ? singular(steps[steps.length - 1]) : variable.replaceAll("Id$", "");
        return values.getOrDefault(kind, values.get("unknown"));
    }

    private static String singular(String plural) {
        return plural.equals("mailboxes") ? "mailbox" : plural.replaceAll("s$", "");
    }

    private Map<String, String> ids() {
        SampleMail mail = SampleMail.named("one").at(SampleMail.NOON);
        imap.account("ada").append("INBOX", mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
        Answer connected = server.send("POST", "/api/v1/accounts", owner, """
                {"url":"imap://ada@127.0.0.1:%d?tls=none","secret":"%s"}""".formatted(imap.port(), PASSWORD));
        assertEquals(201, connected.status(), connected.text());
        String account = connected.json().get("id").asString();
        server.await(
                "/api/v1/accounts/" + account,
                owner,
                shown -> shown.get("emails").asInt() == 1);
        Map<String, String> found = new LinkedHashMap<>();
        found.put("account", account);
        found.put(
                "email",
                first("/api/v1/accounts/" + account + "/emails").get("id").asString());
        found.put(
                "mailbox",
                first("/api/v1/accounts/" + account + "/mailboxes").get("id").asString());
        found.put("member", get("/api/v1/auth/me", member).json().get("id").asString());
        found.put("session", first("/api/v1/sessions").get("id").asString());
        programsToken(Scope.MAIL_READ);
        found.put("api-token", first("/api/v1/api-tokens").get("id").asString());
        found.put("template", made("/api/v1/templates", "{\"name\":\"x\",\"text\":\"x\"}", "id"));
        found.put("signature", made("/api/v1/signatures", "{\"name\":\"x\",\"text\":\"x\",\"isDefault\":false}", "id"));
        found.put(
                "draft",
                made("/api/v1/accounts/" + account + "/drafts", "{\"from\":{\"address\":\"ada@example.org\"}}", "id"));
        found.put(
                "thread",
                first("/api/v1/accounts/" + account + "/threads").get("id").asString());
        found.put(
                "key",
                made(
                        "/api/v1/accounts/" + account + "/send",
                        """
                {"from":{"address":"ada@example.org"},"to":[{"address":"bob@example.org"}],"subject":"x","text":"x","sendAt":"%s"}""".formatted(Instant.now().plusSeconds(3_600)),
                        "key"));
        found.put("part", "1");
        found.put("unknown", UUID.randomUUID().toString());
        return found;
    }

    private String made(String path, String body, String name) {
        Answer answer = server.send("POST", path, owner, body);
        assertTrue(answer.status() / 100 == 2, path + ": " + answer.text());
        return answer.json().get(name).asString();
    }

    private JsonNode first(String path) {
        return get(path, owner).json().get("items").get(0);
    }

    private String programsToken(Scope scope) {
        return server.send("POST", "/api/v1/api-tokens", owner, """
                        {"name":"crawler","scopes":["%s"],"expiresAt":"%s"}""".formatted(
                                scope.text(), Instant.now().plusSeconds(3_600)))
                .json()
                .get("token")
                .asString();
    }

    private Answer register(String name) {
        return server.send("POST", "/api/v1/auth/register", null, """
                {"organisation":"%1$s","email":"%1$s@example.org","password":"%2$s"}""".formatted(name, PASSWORD));
    }

    private Answer invited(String name) {
        String invitation = server.send("POST", "/api/v1/organisation/invitations", owner, """
                        {"email":"%s@example.org","role":"member"}""".formatted(name))
                .json()
                .get("token")
                .asString();
        return server.send("POST", "/api/v1/auth/accept", null, """
                {"invitation":"%s","email":"%s@example.org","password":"%s"}""".formatted(invitation, name, PASSWORD));
    }

    private static String token(Answer answer) {
        return answer.json().get("accessToken").asString();
    }

    private Answer get(String path, String token) {
        return server.send("GET", path, token, null);
    }

    /**
     * What a request says.
     *
     * @param query with ACCOUNT where the account's id goes
     * @param body null for none
     * @param ifMatch null for none
     */
    private record Example(
            String query, @Nullable String body, @Nullable String ifMatch) {
        static final Example OF_ACCOUNT = new Example("?account=ACCOUNT", null, null);

        static Example body(String json) {
            return new Example("", json, null);
        }
    }
}
