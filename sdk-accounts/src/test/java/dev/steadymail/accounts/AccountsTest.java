package dev.steadymail.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a URL and a login to a mailbox. */
class AccountsTest {
    private static final String SECRET = "hunter2";
    private static final HostResolver REFUSES = host -> {
        throw new UnknownHostException("no");
    };

    @Test
    void imap_takesPasswordAndAccessToken() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada@example.com", SECRET).start()) {
            server.account("ada@example.com").setAccessTokens("token");
            String url = "imap://ada@example.com@127.0.0.1:" + server.port() + "?tls=none";
            assertTrue(list(url, Login.password(SECRET)) > 0);
            assertTrue(list(url, Login.accessToken("token")) > 0);
            assertEquals(Kind.AUTH, refused(url, Login.password("wrong")));
        }
    }

    @Test
    void gmail_takesAccessTokenAndRefreshToken() throws IOException {
        try (FakeGmail gmail = gmail()) {
            assertTrue(list(url(gmail), Login.accessToken("token")) > 0);
            assertTrue(list(url(gmail), Login.refreshToken("client", "client secret", "refresh")) > 0);
            assertEquals(Kind.REAUTH_REQUIRED, refused(url(gmail), Login.refreshToken("client", null, "other")));
        }
    }

    @Test
    void refreshing_connectsOnlyWhereTheResolverSays() throws IOException {
        try (FakeGmail gmail = gmail();
                MailRuntime runtime = runtime(HostResolver.SYSTEM)) {
            Accounts accounts = new Accounts(runtime.time(), REFUSES);
            Login login = Login.refreshToken("client", "client secret", "refresh");
            try (MailClient mail = runtime.open(accounts.open(AccountUrl.parse(url(gmail)), login))) {
                assertThrows(MailException.class, () -> mail.mailboxes().list());
            }
            assertEquals(List.of(), gmail.log());
        }
    }

    @Test
    void loginOfTheWrongKind_isRefusedWithARemedy() {
        Accounts accounts = accounts();
        AccountUrl gmail = AccountUrl.parse("gmail://me");
        AccountUrl imap = AccountUrl.parse("imaps://ada@host");
        String noPassword = message(() -> accounts.open(gmail, Login.password(SECRET)));
        String noRefresh = message(() -> accounts.open(imap, Login.refreshToken("client", null, SECRET)));
        assertTrue(noPassword.contains("access token") && !noPassword.contains(SECRET), noPassword);
        assertTrue(noRefresh.contains("password") && !noRefresh.contains(SECRET), noRefresh);
    }

    @Test
    void ca_thatCannotBeUsed_isARuleOfTheUrl(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Path ca : List.of(empty, folder, folder.resolve("missing.pem"))) {
            AccountUrl url =
                    AccountUrl.parse("imaps://ada@host?ca=" + URLEncoder.encode(ca.toString(), StandardCharsets.UTF_8));
            InvalidAccountUrlException refusal = assertThrows(
                    InvalidAccountUrlException.class, () -> accounts().open(url, Login.password(SECRET)));
            assertFalse(String.valueOf(refusal.getMessage()).contains(folder.toString()), refusal::getMessage);
        }
    }

    @Test
    void nothing_showsASecret() {
        for (Login login : List.of(
                Login.password(SECRET), Login.accessToken(SECRET), Login.refreshToken(SECRET, SECRET, SECRET))) {
            assertFalse(login.toString().contains(SECRET));
            AccountUrl url = login instanceof Login.Password
                    ? AccountUrl.parse("imaps://" + SECRET + "@host")
                    : AccountUrl.parse("gmail://" + SECRET);
            assertFalse(accounts().open(url, login).toString().contains(SECRET));
        }
    }

    private static String message(Runnable opening) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, opening::run).getMessage());
    }

    private static Accounts accounts() {
        try (MailRuntime runtime = MailRuntime.create()) {
            return new Accounts(runtime.time(), HostResolver.SYSTEM);
        }
    }

    private static FakeGmail gmail() throws IOException {
        return FakeGmail.builder()
                .user("ada@example.com", "token")
                .refreshToken("ada@example.com", "refresh")
                .start();
    }

    private static String url(FakeGmail gmail) {
        return "gmail://ada@example.com?root=" + gmail.rootUrl() + "&token=" + gmail.tokenUrl();
    }

    private static Kind refused(String url, Login login) {
        return assertThrows(MailException.class, () -> list(url, login)).kind();
    }

    private static int list(String url, Login login) {
        try (MailRuntime runtime = runtime(HostResolver.SYSTEM)) {
            Accounts accounts = new Accounts(runtime.time(), runtime.resolver());
            try (MailClient mail = runtime.open(accounts.open(AccountUrl.parse(url), login))) {
                return mail.mailboxes().list().size();
            }
        }
    }

    private static MailRuntime runtime(HostResolver resolver) {
        return MailRuntime.builder()
                .resolver(resolver)
                .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .callTimeout(Duration.ofSeconds(3))
                .build();
    }
}
