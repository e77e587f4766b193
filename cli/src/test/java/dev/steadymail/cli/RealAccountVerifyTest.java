package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.gmail.GmailMessage;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mirror --verify} from its arguments to the wire and back. */
class RealAccountVerifyTest {
    private static final String ADA = "ada@example.com";
    private static final String SECRET = "correct-horse";
    private static final Instant ARRIVAL = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final ProviderAccounts accounts = new ProviderAccounts(SystemTime.start());
    private CommandBench bench =
            new CommandBench(accounts).variable("STEADYMAIL_PASSWORD", SECRET).variable("STEADYMAIL_TOKEN", SECRET);

    @Test
    void imap_differencesAreTold() {
        try (ImapTestServer server = imap(30)) {
            ImapTestAccount account = server.account(ADA);
            assertEquals(0, mirror(url(server)).exit());
            assertEquals(0, verify(url(server), "--content").exit());
            account.setFlags("INBOX", 3, List.of("\\Flagged", "Later"));
            account.expunge("INBOX", 4);
            append(account, "Archive", 31);
            Ended ended = verify(url(server));
            assertEquals(5, ended.exit(), ended.err());
            assertTrue(
                    ended.out().contains("keywords\te0000000003\there $seen; server $flagged, later\n"), ended.out());
            assertTrue(ended.out().contains("gone\te0000000004\tINBOX\n"), ended.out());
            assertTrue(ended.out().matches("(?s).*missing\t[^\t\n]+\tArchive\n.*"), ended.out());
            assertTrue(ended.out().contains("\n3 different: 1 missing, 1 gone, 1 keywords; 30 emails"), ended.out());
            assertEquals(0, mirror(url(server)).exit());
            assertEquals(0, verify(url(server)).exit());
        }
    }

    @Test
    void imap_asksForNothingThatChangesAnything() {
        try (ImapTestServer server = imap(10)) {
            server.account(ADA).setFlags("INBOX", 1, List.of());
            assertEquals(0, mirror(url(server)).exit());
            server.clearLog();
            assertEquals(0, verify(url(server)).exit());
            String asked = String.join("\n", server.log()).toUpperCase(Locale.ROOT);
            assertFalse(asked.matches("(?s).*(SELECT|STORE|APPEND|EXPUNGE|COPY|MOVE|CREATE|DELETE|BODY).*"), asked);
            assertEquals(0, verify(url(server), "--content").exit());
            assertEquals(
                    List.of(),
                    server.account(ADA).messages("INBOX").get(0).flags().stream()
                            .toList());
        }
    }

    @Test
    void imap_mailboxThatIsRenumberedOrRemovedMeanwhile_endsNoRun() {
        try (ImapTestServer server = imap(501)) {
            ImapTestAccount account = server.account(ADA);
            account.createMailbox("Short-lived");
            append(account, "Short-lived", 502);
            List<TappedAccount> opened = new ArrayList<>();
            bench = new CommandBench((url, secrets) -> {
                TappedAccount tapped = new TappedAccount(accounts.open(url, secrets));
                if (opened.size() == 1) {
                    tapped.before("query", () -> {}); // the first page of the inbox
                    tapped.before("query", () -> account.resetUidValidity("INBOX"));
                    tapped.before("query", () -> account.deleteMailbox("Short-lived"));
                }
                opened.add(tapped);
                return tapped;
            });
            bench.variable("STEADYMAIL_PASSWORD", SECRET);
            assertEquals(0, mirror(url(server)).exit());
            Ended ended = verify(url(server));
            assertEquals(5, ended.exit(), ended.err());
            assertEquals("", ended.err());
            assertTrue(ended.out().lines().anyMatch(line -> line.matches("gone\t[^\t]+\tShort-lived")), ended.out());
            assertEquals(0, mirror(url(server)).exit());
            assertEquals(0, verify(url(server)).exit());
        }
    }

    @Test
    void gmail_differencesAreTold() {
        try (FakeGmail server = FakeGmail.builder().user(ADA, SECRET).start()) {
            GmailMailbox mailbox = server.mailbox(ADA);
            String label = mailbox.createLabel("Work/Größe");
            List<String> ids = new ArrayList<>();
            for (int number = 1; number <= 12; number++) {
                ids.add(mailbox.add(MirrorBench.message(number), ARRIVAL.plusSeconds(number), "INBOX", "UNREAD"));
            }
            mailbox.add(MirrorBench.message(13), ARRIVAL, "SPAM");
            mailbox.add(MirrorBench.message(14), ARRIVAL);
            String url = "gmail://" + ADA + "?root=" + server.rootUrl();
            assertEquals(0, mirror(url).exit());
            Ended equal = verify(url, "--content");
            assertEquals(0, equal.exit(), equal.out());
            assertTrue(equal.out().startsWith("equal; 14 emails"), equal.out());
            List<GmailMessage> before = mailbox.messages();
            mailbox.modify(ids.get(0), List.of(label), List.of());
            mailbox.modify(ids.get(1), List.of(), List.of("UNREAD"));
            mailbox.delete(ids.get(2));
            mailbox.add(MirrorBench.message(15), ARRIVAL, "INBOX");
            Ended ended = verify(url);
            assertEquals(5, ended.exit(), ended.err());
            assertTrue(ended.out().contains("\there INBOX; server INBOX, Work/Größe\n"), ended.out());
            assertTrue(ended.out().contains("\there -; server $seen\n"), ended.out());
            assertTrue(
                    ended.out().contains("4 different: 1 missing, 1 gone, 1 keywords, 1 mailboxes; 14 emails"),
                    ended.out());
            assertEquals(before.size(), mailbox.messages().size());
            assertEquals(0, mirror(url).exit());
            assertEquals(0, verify(url).exit());
        }
    }

    @Test
    void gmail_oneLabel_isComparedAlone() {
        try (FakeGmail server = FakeGmail.builder().user(ADA, SECRET).start()) {
            GmailMailbox mailbox = server.mailbox(ADA);
            String work = mailbox.createLabel("Work");
            String home = mailbox.createLabel("Home");
            mailbox.add(MirrorBench.message(1), ARRIVAL, work, home);
            String both = mailbox.add(MirrorBench.message(2), ARRIVAL, work, "INBOX");
            mailbox.add(MirrorBench.message(3), ARRIVAL, home);
            String url = "gmail://" + ADA + "?root=" + server.rootUrl();
            assertEquals(0, mirror(url, "--mailbox", "Work").exit());
            Ended equal = verify(url, "--mailbox", "Work");
            assertEquals(0, equal.exit(), equal.out());
            mailbox.modify(both, List.of(), List.of(work));
            Ended ended = verify(url, "--mailbox", "Work");
            assertTrue(ended.out().startsWith("gone\t"), ended.out());
            assertEquals(2, ended.out().lines().count(), ended.out());
        }
    }

    private static ImapTestServer imap(int messages) {
        ImapTestServer server = ImapTestServer.builder().user(ADA, SECRET).start();
        for (int number = 1; number <= messages; number++) {
            append(server.account(ADA), "INBOX", number);
        }
        return server;
    }

    private static void append(ImapTestAccount account, String mailbox, int number) {
        account.append(
                mailbox,
                MirrorBench.message(number),
                List.of("\\Seen"),
                ARRIVAL.plusSeconds(number).atOffset(ZoneOffset.UTC));
    }

    private static String url(ImapTestServer server) {
        return "imap://" + ADA + "@127.0.0.1:" + server.port() + "?tls=none";
    }

    private Ended mirror(String url, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("mirror", url, folder.resolve("dir").toString()));
        arguments.addAll(List.of(options));
        return bench.run(arguments.toArray(String[]::new));
    }

    private Ended verify(String url, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--verify");
        return mirror(url, all.toArray(String[]::new));
    }
}
