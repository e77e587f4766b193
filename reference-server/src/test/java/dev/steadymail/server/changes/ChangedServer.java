package dev.steadymail.server.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapTestMessage;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A server that syncs only when it is told to, and what tests of changes ask of it. */
final class ChangedServer implements AutoCloseable {
    private static final String SECRET = "Zwiebelfisch-4711";

    private final RunningServer server;

    ChangedServer(Path data) {
        server = RunningServer.start(
                data,
                TestDatabase.createUrl(),
                Map.of("steadymail.sync.interval", "1d", "steadymail.changes.deadline", "3s"));
    }

    static ImapTestServer.Builder imap(String... users) {
        ImapTestServer.Builder builder = ImapTestServer.builder();
        List.of(users).forEach(user -> builder.user(user, SECRET));
        return builder;
    }

    /** Adds a message whose subject is its name. */
    static long append(ImapTestServer imap, String user, String mailbox, String name) {
        SampleMail mail = SampleMail.named(name).subject(name);
        return imap.account(user)
                .append(mailbox, mail.bytes(), List.of(), mail.date().atOffset(ZoneOffset.UTC));
    }

    RunningServer http() {
        return server;
    }

    /** Connects an account and waits until its mail was read. */
    String connect(ImapTestServer imap, String user) {
        String url = "imap://" + user + "@127.0.0.1:" + imap.port() + "?tls=none";
        Answer answer = server.post("/api/v1/accounts", "{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"}");
        assertEquals(201, answer.status(), answer.text());
        String id = answer.json().get("id").asString();
        server.await(
                "/api/v1/accounts/" + id, found -> found.get("state").asString().equals("ok"));
        return id;
    }

    /** Runs a whole sync that begins now. */
    void sync(String account) {
        Instant asked = Instant.now();
        Tenancy.in(
                Caller.OPERATORS,
                () -> server.bean(ConnectedAccounts.class).syncNow(java.util.UUID.fromString(account)));
        server.await(
                "/api/v1/accounts/" + account,
                found -> !found.get("lastSyncedAt").isNull()
                        && Instant.parse(found.get("lastSyncedAt").asString()).isAfter(asked)
                        && !isSyncWanted(account));
    }

    private boolean isSyncWanted(String account) {
        return Tenancy.in(
                Caller.OPERATORS,
                () -> server.bean(ConnectedAccounts.class).isSyncWanted(java.util.UUID.fromString(account)));
    }

    /** Returns everything that is stored of an account's mail, but for the cursor. */
    List<String> rows(String account) {
        return Tenancy.in(
                Caller.OPERATORS,
                () -> server.bean(JdbcTemplate.class)
                        .queryForList("""
                        select e::text from email e where e.account_id = ?::uuid
                        union all select m::text from mailbox m where m.account_id = ?::uuid
                        union all select i::text from email_mailbox i join mailbox m on m.id = i.mailbox_id
                                  where m.account_id = ?::uuid
                        union all select p::text from parked_email p where p.account_id = ?::uuid
                        order by 1
                        """, String.class, account, account, account, account));
    }

    String mailbox(String account, String name) {
        for (JsonNode mailbox :
                server.get("/api/v1/accounts/" + account + "/mailboxes").json().get("items")) {
            if (mailbox.get("name").asString().equals(name)) {
                return mailbox.get("id").asString();
            }
        }
        throw new AssertionError("no mailbox " + name);
    }

    /** Returns an email's id by its subject. */
    String email(String account, String subject) {
        for (JsonNode email : emails(account)) {
            if (email.get("subject").asString().equals(subject)) {
                return email.get("id").asString();
            }
        }
        throw new AssertionError("no email " + subject);
    }

    JsonNode emails(String account) {
        return server.get("/api/v1/accounts/" + account + "/emails?limit=200")
                .json()
                .get("items");
    }

    JsonNode email(String id) {
        return server.get("/api/v1/emails/" + id).json();
    }

    Answer patch(String id, String change, String... headers) {
        return server.sendWith("PATCH", "/api/v1/emails/" + id, change, headers);
    }

    /** Returns where each email is and how it is marked, by subject, as the server shows it. */
    Map<String, String> shown(String account) {
        Map<String, String> names = new TreeMap<>();
        server.get("/api/v1/accounts/" + account + "/mailboxes")
                .json()
                .get("items")
                .forEach(mailbox -> names.put(
                        mailbox.get("id").asString(), mailbox.get("name").asString()));
        Map<String, String> shown = new TreeMap<>();
        emails(account).forEach(email -> {
            List<String> in = email.get("mailboxIds")
                    .valueStream()
                    .map(id -> names.getOrDefault(id.asString(), "?"))
                    .toList();
            List<String> keywords = email.get("keywords")
                    .valueStream()
                    .map(JsonNode::asString)
                    .sorted()
                    .toList();
            shown.merge(email.get("subject").asString(), in + " " + keywords, (one, two) -> "twice: " + one + two);
        });
        return shown;
    }

    /** Returns the same of the IMAP server. */
    static Map<String, String> there(ImapTestServer imap, String user) {
        Map<String, String> there = new TreeMap<>();
        for (String mailbox : imap.account(user).mailboxes()) {
            for (ImapTestMessage message : imap.account(user).messages(mailbox)) {
                List<String> keywords = message.flags().stream()
                        .map(flag -> flag.replace("\\", "$").toLowerCase(java.util.Locale.ROOT))
                        .sorted()
                        .toList();
                there.merge(subject(message), List.of(mailbox) + " " + keywords, (one, two) -> "twice: " + one + two);
            }
        }
        return there;
    }

    static String subject(ImapTestMessage message) {
        return new String(message.bytes(), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> line.substring("Subject: ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
