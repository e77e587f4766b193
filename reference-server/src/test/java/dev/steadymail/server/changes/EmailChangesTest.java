package dev.steadymail.server.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Changing mail over HTTP, against IMAP servers of several kinds. */
@TestInstance(Lifecycle.PER_CLASS)
final class EmailChangesTest {
    private static final String SEEN = "{\"keywords\":{\"$seen\":true}}";

    private final ImapTestServer imap = ChangedServer.imap("ada", "bob", "eve").start();
    private final ImapTestServer plain =
            ChangedServer.imap("carl").without(ImapCapability.UIDPLUS).start();
    private final ImapTestServer slow = ChangedServer.imap("dora").start();
    private ChangedServer server;
    private String ada;

    @BeforeAll
    void start(@TempDir Path data) {
        for (String name : List.of(
                "marked",
                "archived",
                "moved",
                "trashed",
                "gone",
                "tagged",
                "touched",
                "taken",
                "lost",
                "own",
                "bulk1",
                "bulk2",
                "bulk3",
                "fixed",
                "mass",
                "keyed")) {
            ChangedServer.append(imap, "ada", "INBOX", name);
        }
        server = new ChangedServer(data);
        ada = server.connect(imap, "ada");
    }

    @AfterAll
    void close() {
        server.close();
        List.of(imap, plain, slow).forEach(ImapTestServer::close);
    }

    @Test
    void keywords_areSetAtTheProviderAndShownAtOnce() {
        String id = server.email(ada, "marked");
        Answer answer = server.patch(id, "{\"keywords\":{\"$seen\":true,\"$flagged\":true,\"Work\":true}}");
        assertEquals(200, answer.status(), answer.text());
        assertEquals(id, answer.json().get("id").asString());
        assertEquals("[INBOX] [$flagged, $seen, work]", server.shown(ada).get("marked"));
        assertEquals("[INBOX] [$flagged, $seen, work]", there("marked"));
        Answer back = server.patch(id, "{\"keywords\":{\"$seen\":false,\"$flagged\":false,\"work\":false}}");
        assertEquals(200, back.status(), back.text());
        assertNotEquals(answer.header("ETag"), back.header("ETag"));
        assertEquals("[INBOX] []", server.shown(ada).get("marked"));
        assertEquals("[INBOX] []", there("marked"));
        assertSyncChangesNothing();
    }

    @Test
    void moves_keepTheId_andTheNextSyncFindsThemDone() {
        String archived = server.email(ada, "archived");
        String moved = server.email(ada, "moved");
        assertChanged(archived, "{\"archive\":true,\"keywords\":{\"$seen\":true}}");
        assertChanged(moved, "{\"mailboxIds\":[\"" + server.mailbox(ada, "Sent") + "\"]}");
        assertEquals("[Archive] [$seen]", there("archived"));
        assertEquals("[Archive] [$seen]", server.shown(ada).get("archived"));
        assertEquals("[Sent] []", there("moved"));
        assertSyncChangesNothing();
        String there = server.mailbox(ada, "Sent");
        String back = server.mailbox(ada, "INBOX");
        assertChanged(moved, "{\"addMailboxIds\":[\"" + back + "\"],\"removeMailboxIds\":[\"" + there + "\"]}");
        assertEquals("[INBOX] []", there("moved"));
        assertChanged(moved, "{\"archive\":true}");
        assertChanged(moved, "{\"archive\":true}");
        assertEquals("[Archive] []", server.shown(ada).get("moved"));
        assertSyncChangesNothing();
        assertEquals(moved, server.email(ada, "moved"));
        assertEquals(archived, server.email(ada, "archived"));
    }

    @Test
    void delete_goesToTheTrashFirst_andForGoodOnlyFromThere() {
        String id = server.email(ada, "gone");
        Answer early = server.http().delete("/api/v1/emails/" + id + "?permanently=true");
        assertEquals(422, early.status(), early.text());
        Answer trashed = server.http().delete("/api/v1/emails/" + id);
        assertEquals(200, trashed.status(), trashed.text());
        assertEquals("[Trash] []", there("gone"));
        assertEquals("[Trash] []", server.shown(ada).get("gone"));
        assertEquals(
                204,
                server.http()
                        .delete("/api/v1/emails/" + id + "?permanently=true")
                        .status());
        assertTrue(!ChangedServer.there(imap, "ada").containsKey("gone"));
        assertEquals(404, server.http().get("/api/v1/emails/" + id).status());
        assertEquals(404, server.http().delete("/api/v1/emails/" + id).status());
        assertChanged(server.email(ada, "trashed"), "{\"trash\":true}");
        assertEquals("[Trash] []", there("trashed"));
        assertSyncChangesNothing();
    }

    @Test
    void ifMatch_ofAnotherState_changesNothing() {
        String id = server.email(ada, "tagged");
        String first = server.patch(id, SEEN).header("ETag");
        Answer refused = server.patch(id, "{\"trash\":true}", "If-Match", "\"other\", W/" + first);
        assertEquals(412, refused.status(), refused.text());
        assertEquals("[INBOX] [$seen]", there("tagged"));
        Answer changed = server.patch(id, "{\"keywords\":{\"$flagged\":true}}", "If-Match", "\"other\", " + first);
        assertEquals(200, changed.status(), changed.text());
        assertEquals(412, server.patch(id, SEEN, "If-Match", first).status());
        assertEquals(200, server.patch(id, SEEN, "If-Match", "*").status());
        assertEquals(
                412,
                server.http()
                        .sendWith("DELETE", "/api/v1/emails/" + id, null, "If-Match", first)
                        .status());
    }

    @Test
    void anotherProgramsKeywords_areKeptAndShown() {
        String id = server.email(ada, "touched");
        imap.account("ada").setFlags("INBOX", uid("INBOX", "touched"), List.of("\\Flagged"));
        assertChanged(id, SEEN);
        assertEquals("[INBOX] [$flagged, $seen]", there("touched"));
        assertEquals("[INBOX] [$flagged, $seen]", server.shown(ada).get("touched"));
        assertSyncChangesNothing();
    }

    @Test
    void anEmailThatAnotherProgramMoved_isAConflict_andFoundAgainUnderItsId() {
        String id = server.email(ada, "taken");
        imap.account("ada").move("INBOX", uid("INBOX", "taken"), "Junk");
        for (String change : List.of(SEEN, "{\"archive\":true}")) {
            Answer answer = server.patch(id, change);
            assertTrue(answer.status() == 409 || answer.status() == 200, answer.text());
            if (change.equals(SEEN)) {
                assertEquals(409, answer.status(), answer.text());
            }
        }
        server.sync(ada);
        assertEquals(there("taken"), server.shown(ada).get("taken"));
        assertEquals(id, server.email(ada, "taken"));
        assertChanged(id, SEEN);
    }

    @Test
    void anAnswerThatGetsLost_isSaidToBeUnclear_andTheSyncFindsOut() {
        String id = server.email(ada, "lost");
        imap.inject(new ImapFault.DropAfterCommand("UID MOVE"), FaultCount.always());
        Answer answer = server.patch(id, "{\"archive\":true}");
        imap.clearFaults();
        assertTrue(answer.status() >= 500, answer.text());
        assertTrue(answer.json().get("mayHaveTakenEffect").asBoolean(), answer.text());
        server.http()
                .await(
                        "/api/v1/emails/" + id,
                        email -> email.at("/mailboxIds/0").asString().equals(server.mailbox(ada, "Archive")));
        assertEquals("[Archive] []", there("lost"));
    }

    @Test
    void aServerThatDoesNotTellNewIds_isAnswered202_andTheSyncKeepsTheId() {
        ChangedServer.append(plain, "carl", "INBOX", "untold");
        String carl = server.connect(plain, "carl");
        String id = server.email(carl, "untold");
        Answer answer = server.patch(id, "{\"archive\":true}");
        assertEquals(202, answer.status(), answer.text());
        server.http()
                .await(
                        "/api/v1/emails/" + id,
                        email -> email.at("/mailboxIds/0").asString().equals(server.mailbox(carl, "Archive")));
        assertEquals(ChangedServer.there(plain, "carl"), server.shown(carl));
    }

    @Test
    void bulk_tellsOfEach_andOneSlowAccountHoldsUpNobody() {
        ChangedServer.append(slow, "dora", "INBOX", "slow");
        String dora = server.connect(slow, "dora");
        String late = server.email(dora, "slow");
        String others = emailOfAnotherOrganisation();
        String unknown = UUID.randomUUID().toString();
        List<String> good = List.of(server.email(ada, "bulk1"), server.email(ada, "bulk2"), server.email(ada, "bulk3"));
        List<String> ids = List.of(good.get(0), unknown, good.get(1), others, late, good.get(2));
        slow.inject(new ImapFault.SilentOn("UID STORE"), FaultCount.always());
        Answer answer = bulk(ids, "{\"keywords\":{\"$flagged\":true},\"archive\":true}");
        slow.clearFaults();
        assertEquals(200, answer.status(), answer.text());
        List<JsonNode> results = answer.json().get("results").valueStream().toList();
        assertEquals(
                ids, results.stream().map(result -> result.get("id").asString()).toList());
        assertEquals(
                List.of(200, 404, 200, 404, 504, 200),
                results.stream().map(result -> result.get("status").asInt()).toList(),
                answer.text());
        assertTrue(results.get(0).get("problem").isNull());
        assertTrue(results.get(4).at("/problem/mayHaveTakenEffect").asBoolean(), answer.text());
        for (String name : List.of("bulk1", "bulk2", "bulk3")) {
            assertEquals("[Archive] [$flagged]", there(name));
            assertEquals("[Archive] [$flagged]", server.shown(ada).get(name));
        }
        assertEquals(good, List.of(server.email(ada, "bulk1"), server.email(ada, "bulk2"), server.email(ada, "bulk3")));
        assertSyncChangesNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keywords\":{}}",
                "{\"archive\":false}",
                "{\"trash\":false}",
                "{\"archive\":true,\"trash\":true}",
                "{\"mailboxIds\":[]}",
                "{\"mailboxIds\":[null]}",
                "{\"mailboxIds\":[\"INBOX\"],\"trash\":true}",
                "{\"addMailboxIds\":[\"INBOX\"],\"removeMailboxIds\":[\"INBOX\"]}",
                "{\"addMailboxIds\":[\"Archive\"]}",
                "{\"removeMailboxIds\":[\"INBOX\"]}",
                "{\"mailboxIds\":[\"INBOX\",\"Archive\"]}",
                "{\"mailboxIds\":[\"NOBODYS\"]}",
                "{\"keywords\":{\"$seen\":null}}",
                "{\"keywords\":{\"\":true}}",
                "{\"keywords\":{\"a b\":true}}",
                "{\"keywords\":{\"$Deleted\":true}}",
                "{\"keywords\":{\"$seen\":true,\"$SEEN\":false}}"
            })
    void contradictions_areRefused_andChangeNothing(String change) {
        String id = server.email(ada, "fixed");
        String meant = change.replace("INBOX", server.mailbox(ada, "INBOX"))
                .replace("Archive", server.mailbox(ada, "Archive"))
                .replace("NOBODYS", UUID.randomUUID().toString());
        Answer answer = server.patch(id, meant);
        assertEquals(422, answer.status(), answer.text());
        assertEquals("[INBOX] []", there("fixed"));
        assertEquals("[INBOX] []", server.shown(ada).get("fixed"));
    }

    @Test
    void fieldsOfTheAnswer_sentBack_changeNothing() {
        String id = server.email(ada, "mass");
        List<String> before = server.rows(ada);
        JsonNode shown = server.email(id);
        Set<String> may = Set.of("mailboxIds");
        Set<String> tried = shown.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
        assertTrue(tried.containsAll(Set.of("id", "accountId", "threadId", "receivedAt", "size", "keywords")));
        shown.propertyStream().forEach(field -> {
            Answer answer = server.patch(id, "{\"" + field.getKey() + "\":" + field.getValue() + "}");
            assertEquals(may.contains(field.getKey()) ? 200 : 400, answer.status(), field + " " + answer.text());
        });
        for (String secret : List.of("organisationId", "organisation_id", "providerId", "account", "owner")) {
            assertEquals(
                    400,
                    server.patch(id, "{\"" + secret + "\":\"x\",\"keywords\":{\"$seen\":true}}")
                            .status());
        }
        assertEquals(before, server.rows(ada));
    }

    @Test
    void bulk_withTooFewOrTooManyIds_isRefused() {
        for (String ids : List.of(
                "[]",
                "null",
                "[null]",
                java.util.stream.IntStream.range(0, 501)
                        .mapToObj(i -> "\"" + UUID.randomUUID() + "\"")
                        .toList()
                        .toString())) {
            Answer answer = server.http().post("/api/v1/emails/bulk", "{\"ids\":" + ids + ",\"change\":" + SEEN + "}");
            assertEquals(422, answer.status(), answer.text());
        }
        assertEquals(
                422,
                server.http()
                        .post("/api/v1/emails/bulk", "{\"ids\":[\"" + UUID.randomUUID() + "\"]}")
                        .status());
    }

    @Test
    void aKey_makesADeleteThatIsRepeated_oneDelete() {
        String id = server.email(ada, "keyed");
        String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
        Answer first = server.http().sendWith("DELETE", "/api/v1/emails/" + id, null, key);
        assertEquals(200, first.status(), first.text());
        assertChanged(id, "{\"mailboxIds\":[\"" + server.mailbox(ada, "INBOX") + "\"]}");
        Answer again = server.http().sendWith("DELETE", "/api/v1/emails/" + id, null, key);
        assertEquals("true", again.header("Idempotency-Replayed"), again.text());
        assertEquals(first.header("ETag"), again.header("ETag"));
        assertEquals("[INBOX] []", there("keyed"));
    }

    @Test
    void anotherOrganisationsEmail_isNotThere() {
        String others = emailOfAnotherOrganisation();
        assertEquals(404, server.patch(others, SEEN).status());
        assertEquals(404, server.http().delete("/api/v1/emails/" + others).status());
    }

    @Test
    void mailboxes_areCreatedRenamedAndRemoved() {
        ChangedServer.append(imap, "bob", "INBOX", "kept");
        String bob = server.connect(imap, "bob");
        Answer created = server.http().post("/api/v1/accounts/" + bob + "/mailboxes", "{\"name\":\"Work\"}");
        assertEquals(201, created.status(), created.text());
        String work = created.json().get("id").asString();
        Answer below = server.http()
                .post("/api/v1/accounts/" + bob + "/mailboxes", "{\"name\":\"2024\",\"parentId\":\"" + work + "\"}");
        assertEquals(201, below.status(), below.text());
        assertEquals("Work/2024", below.json().get("name").asString());
        assertTrue(imap.account("bob").mailboxes().contains("Work/2024"));
        server.sync(bob);
        assertEquals(work, server.mailbox(bob, "Work"), "the sync leaves it as it is");
        String email = server.email(bob, "kept");
        assertChanged(email, "{\"mailboxIds\":[\"" + below.json().get("id").asString() + "\"]}");
        Answer full = server.http()
                .delete("/api/v1/mailboxes/" + below.json().get("id").asString());
        assertEquals(422, full.status(), full.text());
        assertEquals(
                202,
                server.http()
                        .sendWith("PATCH", "/api/v1/mailboxes/" + work, "{\"name\":\"Play\"}")
                        .status());
        server.sync(bob);
        assertEquals("[Play/2024] []", server.shown(bob).get("kept"));
        assertEquals(email, server.email(bob, "kept"));
        String renamed = server.mailbox(bob, "Play/2024");
        assertEquals(
                204,
                server.http()
                        .delete("/api/v1/mailboxes/" + renamed + "?withEmails=true")
                        .status());
        assertEquals(404, server.http().get("/api/v1/emails/" + email).status());
        server.sync(bob);
        assertTrue(!imap.account("bob").mailboxes().contains("Play/2024"));
        assertEquals(
                422,
                server.http()
                        .delete("/api/v1/mailboxes/" + server.mailbox(bob, "INBOX"))
                        .status());
        assertEquals(
                404,
                server.http().delete("/api/v1/mailboxes/" + UUID.randomUUID()).status());
    }

    private void assertChanged(String id, String change) {
        Answer answer = server.patch(id, change);
        assertEquals(200, answer.status(), answer.text());
        assertEquals(id, answer.json().get("id").asString());
    }

    private void assertSyncChangesNothing() {
        server.sync(ada);
        List<String> before = server.rows(ada);
        assertEquals(ChangedServer.there(imap, "ada"), server.shown(ada));
        server.sync(ada);
        assertEquals(before, server.rows(ada));
    }

    private String there(String name) {
        return ChangedServer.there(imap, "ada").getOrDefault(name, "gone");
    }

    private long uid(String mailbox, String name) {
        return imap.account("ada").messages(mailbox).stream()
                .filter(message -> ChangedServer.subject(message).equals(name))
                .findFirst()
                .orElseThrow()
                .uid();
    }

    private Answer bulk(List<String> ids, String change) {
        String list = ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return server.http().post("/api/v1/emails/bulk", "{\"ids\":[" + list + "],\"change\":" + change + "}");
    }

    private String emailOfAnotherOrganisation() {
        JdbcTemplate jdbc = server.http().bean(JdbcTemplate.class);
        UUID organisation = UUID.randomUUID();
        jdbc.update("insert into organisation (id, name) values (?, 'Others')", organisation);
        return Tenancy.in(organisation, () -> {
            UUID account = UUID.randomUUID();
            UUID email = UUID.randomUUID();
            jdbc.update(
                    "insert into account (id, identity, url, login, state, created_at) values (?, 'x', '', '', 'new', now())",
                    account);
            jdbc.update(
                    "insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size,"
                            + " has_attachment, content) values (?, ?, '', 'x', '{}', now(), 1, false, '{}')",
                    email,
                    account);
            return email.toString();
        });
    }
}
