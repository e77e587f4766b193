package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of users that would be commands (threat 24): whatever a call is given, the server sees its commands and no other. */
class InjectionThreatsTest {
    private static final String USER = "ada";
    private static final List<String> TEXTS = List.of(
            "x\r\nA9 DELETE INBOX",
            "x\nA9 DELETE INBOX",
            "x\rA9 DELETE INBOX",
            "x\u0000y",
            "x\" A9 DELETE INBOX",
            "x\\",
            "x\\\" y",
            "{3}",
            "{3+}",
            "~{3}\r\n",
            "x {5+}\r\nA9 DELETE INBOX",
            "*",
            "%",
            "x) (y",
            "\u010d\u010aA9 DELETE INBOX",
            "\u760d\u760aA9 DELETE INBOX",
            "\u2028x",
            "\ud83d",
            "\u00fc\" y",
            "a".repeat(900),
            "NIL",
            " ");

    static List<String> texts() {
        return TEXTS;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void t24_folder_isNoCommand(String text) {
        assertSameCommands(
                List.of("SELECT", "UID MOVE", "UID COPY"),
                (client, ids) -> {
                    var unused = client.emails().move(ids, new MailboxId("INBOX"), new MailboxId(text));
                },
                text);
        assertSameCommands(
                List.of("EXAMINE"),
                (client, ids) -> {
                    var unused = client.emails().query(EmailQuery.in(new MailboxId(text))).stream()
                            .count();
                },
                text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void t24_flag_isNoCommand(String text) {
        assertSameCommands(
                List.of("SELECT", "UID STORE"),
                (client, ids) -> client.emails().addKeyword(ids, new Keyword(text)),
                text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void t24_searchText_isNoCommand(String text) {
        assertSameCommands(
                List.of("EXAMINE", "UID SEARCH"),
                (client, ids) -> {
                    var unused = client
                            .emails()
                            .query(EmailQuery.in(new MailboxId("INBOX")).subject(text))
                            .stream()
                            .count();
                },
                text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void t24_userNameAndPassword_areNoCommand(String text) {
        for (ImapCapability[] ways : new ImapCapability[][] {{}, {ImapCapability.AUTH_PLAIN}}) {
            try (ImapTestServer server =
                    ImapTestServer.builder().user(USER, "x").only(ways).start()) {
                assertThrows(RuntimeException.class, () -> call(server, text, "x"));
                assertThrows(RuntimeException.class, () -> call(server, USER, text));
                assertFalse(
                        server.log().stream().anyMatch(line -> line.contains("DELETE")),
                        () -> server.log().toString());
                assertTrue(server.log().size() <= 2, () -> server.log().toString());
            }
        }
    }

    private static void call(ImapTestServer server, String user, String password) {
        try (MailRuntime runtime = once();
                MailClient client = runtime.open(LocalServers.plain(server.port(), user, password))) {
            var unused = client.mailboxes().list();
        }
    }

    private static void assertSameCommands(
            List<String> allowed, BiConsumer<MailClient, List<EmailId>> call, String text) {
        try (ImapTestServer server = server();
                MailRuntime runtime = once();
                MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD))) {
            var unused = client.mailboxes().list();
            server.clearLog();
            try {
                call.accept(client, List.of(ImapEmailId.of(server.account(USER).uidValidity("INBOX"), 1, "INBOX")));
            } catch (IllegalArgumentException | MailException refused) {
                // Most texts are refused, by us or by the server.
            }
            List<String> seen = server.log();
            assertEquals(
                    List.of(),
                    seen.stream()
                            .filter(line -> allowed.stream().noneMatch(line::startsWith))
                            .toList(),
                    text);
            allowed.forEach(name -> assertTrue(
                    seen.stream().filter(line -> line.startsWith(name)).count() <= 1, text));
            assertEquals(1, server.account(USER).messages("INBOX").size());
        }
    }

    private static MailRuntime once() {
        return MailRuntime.builder()
                .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                .callTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static ImapTestServer server() {
        ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        long unused = server.account(USER)
                .append(
                        "INBOX",
                        "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII),
                        List.of(),
                        OffsetDateTime.parse("2026-01-01T12:00:00Z"));
        return server;
    }
}
