package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.oauth.OAuthTestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in once, and using the login afterwards, from arguments to the wire. */
class LoginCommandTest {
    private static final String ADA = "ada@example.com";
    private static final String CLIENT_SECRET = "hunter2/client";

    @TempDir
    Path home;

    private OAuthTestServer server;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = OAuthTestServer.start("client", CLIENT_SECRET, "access-token");
        variables.put("STEADYMAIL_HOME", home.toString());
        variables.put("STEADYMAIL_CLIENT_ID", "client");
        variables.put("STEADYMAIL_CLIENT_SECRET", CLIENT_SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void gmail_isLoggedInByBrowserAndReadAfterwards() throws Exception {
        Ended login = logInByBrowser("gmail");
        assertEquals(0, login.exit(), login.err());
        assertEquals("", login.out());
        try (FakeGmail gmail = FakeGmail.builder().user(ADA, "access-token").start()) {
            Ended mailboxes = withoutClient().run("mailboxes", "gmail://" + ADA + "?root=" + gmail.rootUrl());
            assertEquals(0, mailboxes.exit(), mailboxes.err());
            assertTrue(mailboxes.out().contains("INBOX"), mailboxes.out());
        }
        assertEquals(List.of("authorization_code", "refresh_token"), server.log());
        assertNoSecret(login);
    }

    @Test
    void outlook_isLoggedInAndReadOverImap() throws Exception {
        assertEquals(0, logInByBrowser("outlook").exit());
        try (ImapTestServer imap =
                ImapTestServer.builder().user(ADA, "password").start()) {
            imap.account(ADA).setAccessTokens("access-token");
            String url = "imap://" + ADA + "@127.0.0.1:" + imap.port() + "?tls=none";
            Ended mailboxes = withoutClient().run("mailboxes", url);
            assertEquals(0, mailboxes.exit(), mailboxes.err());
            assertTrue(mailboxes.out().contains("INBOX"), mailboxes.out());
        }
    }

    @Test
    void device_isLoggedIn() throws IOException {
        server.agreeToDevice();
        Ended login = bench().run(arguments(
                "gmail", "--device", "--device-url", server.deviceUrl().toString()));
        assertEquals(0, login.exit(), login.err());
        assertTrue(login.err().contains("https://example.com/device"), login.err());
        assertTrue(login.err().contains("WDJB-MJHT"), login.err());
        assertNoSecret(login);
    }

    @Test
    void rotatedRefreshToken_isStoredForTheNextCommand() throws Exception {
        server.rotateRefreshTokens();
        logInByBrowser("gmail");
        try (FakeGmail gmail = FakeGmail.builder().user(ADA, "access-token").start()) {
            for (int run = 0; run < 3; run++) {
                Ended ended = withoutClient().run("mailboxes", "gmail://" + ADA + "?root=" + gmail.rootUrl());
                assertEquals(0, ended.exit(), ended.err());
            }
        }
    }

    @Test
    void revokedLogin_saysThatTheOwnerMustLogInAgain() throws Exception {
        logInByBrowser("gmail");
        server.revokeAll();
        try (FakeGmail gmail = FakeGmail.builder().user(ADA, "access-token").start()) {
            Ended ended = withoutClient().run("mailboxes", "gmail://" + ADA + "?root=" + gmail.rootUrl());
            assertEquals(3, ended.exit(), ended.err());
            assertTrue(ended.err().contains("log in again"), ended.err());
            assertEquals(0, gmail.log().size());
        }
    }

    @Test
    void loginOfAnotherUserOrPlace_isNotUsed() throws Exception {
        logInByBrowser("gmail");
        try (FakeGmail gmail = FakeGmail.builder().user(ADA, "access-token").start()) {
            String root = "?root=" + gmail.rootUrl();
            for (String account : List.of(
                    "gmail://bob@example.com" + root,
                    "gmail://" + ADA,
                    "gmail://" + ADA + root + "&token=https://other.example.com/token",
                    "imaps://" + ADA + "@imap.gmail.com",
                    "imaps://" + ADA + "@evil.example.com")) {
                Ended ended = withoutClient().run("mailboxes", account);
                assertEquals(3, ended.exit(), account + ended.err());
                assertTrue(ended.err().contains("there is no "), account + ended.err());
            }
            assertEquals(0, gmail.log().size());
        }
        assertEquals(List.of("authorization_code"), server.log());
    }

    @Test
    void refusedConsent_isExitThree() throws Exception {
        server.refuseConsent();
        Ended login = logInByBrowser("gmail");
        assertEquals(3, login.exit());
        assertTrue(login.err().contains("consent was refused"), login.err());
        assertFalse(Files.exists(home.resolve("logins/key")));
    }

    @Test
    void wrongClientSecret_isExitThreeAndNotRepeated() throws Exception {
        variables.put("STEADYMAIL_CLIENT_SECRET", "hunter2/wrong");
        Ended login = logInByBrowser("gmail");
        assertEquals(3, login.exit());
        assertTrue(login.err().contains("client secret"), login.err());
        assertFalse(login.err().contains("hunter2"), login.err());
    }

    @Test
    void stopped_endsTheWait() throws Exception {
        StopSignal stop = new StopSignal();
        Tapped err = new Tapped(line -> stop.stop(StopReason.INTERRUPTED));
        int exit = run(err, stop, arguments("gmail"));
        assertEquals(130, exit);
    }

    @Test
    void nobody_loggedInInTime() {
        Ended login = bench().run(arguments("gmail", "--deadline", "PT0.01S"));
        assertEquals(4, login.exit(), login.err());
        assertTrue(login.err().contains("nobody logged in"), login.err());
    }

    @Test
    void withoutClient_theRemedyIsNamed() {
        Ended login = withoutClient().run(arguments("gmail"));
        assertEquals(3, login.exit());
        assertTrue(login.err().contains("STEADYMAIL_CLIENT_ID"), login.err());
    }

    @Test
    void withoutHome_theRemedyIsNamed() {
        variables.remove("STEADYMAIL_HOME");
        Ended login = bench().run(arguments("gmail"));
        assertEquals(2, login.exit());
        assertTrue(login.err().contains("STEADYMAIL_HOME"), login.err());
    }

    @Test
    void folder_isFoundByTheSpecification() throws Exception {
        variables.remove("STEADYMAIL_HOME");
        variables.put("HOME", home.toString());
        variables.put("XDG_CONFIG_HOME", "relative/is/passed/over");
        assertEquals(0, logInByBrowser("gmail").exit());
        assertTrue(Files.exists(home.resolve(".config/steadymail/logins/key")));
        variables.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
        assertEquals(0, logInByBrowser("gmail").exit());
        assertTrue(Files.exists(home.resolve("xdg/steadymail/logins/key")));
    }

    @Test
    void folderOpenToOthers_isRefusedBeforeAnybodyLogsIn() throws IOException {
        Files.createDirectory(
                home.resolve("logins"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(home.resolve("logins"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Ended login = bench().run(arguments("gmail"));
        assertEquals(6, login.exit(), login.err());
        assertTrue(login.err().contains("chmod 700"), login.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yahoo ada@example.com",
                "gmail ada:hunter2",
                "gmail ada@example.com --tenant t",
                "outlook ada@example.com --tenant ../hunter2",
                "gmail ada@example.com --token-url http://example.com/hunter2",
                "gmail ada@example.com --authorize-url hunter2",
                "gmail ada@example.com --device-url ftp://127.0.0.1/hunter2",
                "gmail ada@example.com --deadline hunter2",
                "gmail"
            })
    void wrongUsage_isSaidInOneLineWithoutTheValue(String arguments) {
        Ended ended = bench().run(("login " + arguments).split(" "));
        assertEquals(2, ended.exit(), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertFalse(ended.err().contains("hunter2"), ended.err());
    }

    private Ended logInByBrowser(String provider) throws Exception {
        List<CompletableFuture<Integer>> pages = new ArrayList<>();
        Tapped err = new Tapped(line -> {
            if (line.startsWith("http")) {
                pages.add(CompletableFuture.supplyAsync(() -> browse(URI.create(line))));
            }
        });
        int exit = run(err, new StopSignal(), arguments(provider));
        assertEquals(1, pages.size(), err::text);
        assertEquals(200, pages.get(0).get(30, TimeUnit.SECONDS));
        return new Ended(exit, "", err.text());
    }

    private int run(Tapped err, StopSignal stop, String... arguments) {
        CommandEnvironment environment = new CommandEnvironment(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                dev.steadymail.cli.terminal.Terminal.NONE,
                new ProviderAccounts(SystemTime.start()),
                SystemTime.start(),
                stop);
        return SteadymailCommand.run(environment, arguments);
    }

    private int browse(URI page) {
        try {
            return server.browse(page);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    private String[] arguments(String provider, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "login",
                provider,
                ADA,
                "--authorize-url",
                server.authorizationUrl().toString(),
                "--token-url",
                server.tokenUrl().toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private CommandBench bench() {
        CommandBench bench = new CommandBench(new ProviderAccounts(SystemTime.start()));
        variables.forEach(bench::variable);
        return bench;
    }

    private CommandBench withoutClient() {
        variables.remove("STEADYMAIL_CLIENT_ID");
        variables.remove("STEADYMAIL_CLIENT_SECRET");
        return bench();
    }

    private void assertNoSecret(Ended ended) throws IOException {
        assertFalse(ended.err().contains("hunter2"), ended.err());
        assertFalse(ended.err().contains("access-token"), ended.err());
        assertFalse(ended.err().contains("refresh/"), ended.err());
        try (Stream<Path> files = Files.list(home.resolve("logins"))) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("hunter2") || content.contains("refresh/"), file::toString);
            }
        }
    }

    /** Standard error, of which each line is looked at as it comes. */
    private static final class Tapped extends ByteArrayOutputStream {
        private final java.util.function.Consumer<String> lines;
        private int seen;

        Tapped(java.util.function.Consumer<String> lines) {
            this.lines = lines;
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }

        @Override
        public synchronized void flush() {
            String text = text();
            for (int end = text.indexOf('\n', seen); end >= 0; end = text.indexOf('\n', seen)) {
                String line = text.substring(seen, end);
                seen = end + 1;
                lines.accept(line.strip());
            }
        }
    }
}
