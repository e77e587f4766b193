package dev.steadymail.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.accounts.StoredLogins.LoginProvider;
import dev.steadymail.auth.FileTokenStore;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredLoginsTest {
    private static final Secret REFRESH = Secret.of("refresh");
    private static final URI HERE = URI.create("http://127.0.0.1:1/token");

    @TempDir
    Path folder;

    private final TimeSource time = new ManualTime().timeSource(1);
    private TokenStore store;
    private StoredLogins logins;

    @BeforeEach
    void open() {
        store = FileTokenStore.open(folder.resolve("logins"));
        logins = new StoredLogins(store, time, HostResolver.SYSTEM);
    }

    @ParameterizedTest
    @CsvSource({
        "gmail://ada@example.com,true",
        "gmail://ADA@example.com,true",
        "gmail://ada@example.com?token=https://oauth2.googleapis.com/token,true",
        "imaps://ada@example.com@imap.gmail.com,true",
        "imap://ada@example.com@IMAP.googlemail.com,true",
        "gmail://bob@example.com,false",
        "gmail://ada@example.com?root=https://evil.example.com/,false",
        "gmail://ada@example.com?root=http://127.0.0.1:1/,false",
        "gmail://ada@example.com?token=https://evil.example.com/token,false",
        "imaps://ada@example.com@imap.gmail.com.evil.example.com,false",
        "imaps://ada@example.com@outlook.office365.com,false",
        "imap://ada@example.com@127.0.0.1?tls=none,false",
        "imaps://ada@example.com@localhost,false",
    })
    void loginAtGoogle_isForGooglesServersOnly(String url, boolean found) {
        logins.keep(LoginProvider.GMAIL, "Ada@example.com", client(OAuthServer.google()), REFRESH);
        assertEquals(found, logins.find(AccountUrl.parse(url)).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "imaps://ada@example.com@outlook.office365.com,true",
        "imaps://ada@example.com@Outlook.Office.com,true",
        "gmail://ada@example.com,false",
        "imaps://ada@example.com@imap.gmail.com,false",
        "imaps://ada@example.com@example.com,false",
        "imap://ada@example.com@127.0.0.1?tls=none,false",
    })
    void loginAtMicrosoft_isForMicrosoftsServersOnly(String url, boolean found) {
        logins.keep(LoginProvider.OUTLOOK, "ada@example.com", client(OAuthServer.microsoft()), REFRESH);
        assertEquals(found, logins.find(AccountUrl.parse(url)).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "gmail://ada@example.com?root=http://127.0.0.1:1/,true",
        "gmail://ada@example.com?root=http://localhost:1/&token=http://127.0.0.1:1/token,true",
        "imap://ada@example.com@127.0.0.1?tls=none,true",
        "imaps://ada@example.com@localhost,true",
        "gmail://ada@example.com,false",
        "gmail://ada@example.com?root=http://127.0.0.1:1/&token=http://127.0.0.1:2/token,false",
        "gmail://ada@example.com?root=https://example.com/,false",
        "imaps://ada@example.com@imap.gmail.com,false",
    })
    void loginOnThisMachine_isForThisMachineOnly(String url, boolean found) {
        logins.keep(LoginProvider.GMAIL, "ada@example.com", client(OAuthServer.at(HERE, HERE)), REFRESH);
        assertEquals(found, logins.find(AccountUrl.parse(url)).isPresent());
    }

    @Test
    void stored_refreshesWithTheClientItWasMadeFor() throws IOException {
        try (FakeGmail gmail = FakeGmail.builder()
                .user("ada@example.com", "token")
                .refreshToken("ada@example.com", "refresh")
                .start()) {
            URI token = URI.create(gmail.tokenUrl());
            logins.keep(LoginProvider.GMAIL, "ada@example.com", client(OAuthServer.at(token, token)), REFRESH);
            AccountUrl url = AccountUrl.parse("gmail://ada@example.com?root=" + gmail.rootUrl());
            TokenSource tokens =
                    new StoredLogins(store, time, HostResolver.SYSTEM).find(url).orElseThrow();
            assertEquals(
                    "fake-access-1",
                    tokens.token(time.deadline(Duration.ofSeconds(20))).value().reveal());
        }
    }

    @Test
    void clientWithAndWithoutSecret_isReadAsItWasWritten() {
        for (Secret secret : new Secret[] {null, Secret.of("a b%c=ü -")}) {
            OAuthClient client = OAuthClient.of(OAuthServer.google(), "id with blank", secret, time);
            OAuthClient read = StoredClient.read(StoredClient.write(client), time);
            assertEquals("id with blank", read.clientId());
            assertEquals(secret, read.clientSecret());
            assertEquals(client.server().tokenUrl(), read.server().tokenUrl());
        }
    }

    @Test
    void clientOfAnotherVersion_isAStorageError() {
        AccountId account = new AccountId("gmail:ada@example.com");
        store.save(account, REFRESH);
        store.save(StoredClient.id(account), Secret.of("2 whatever comes"));
        MailException failure =
                assertThrows(MailException.class, () -> logins.find(AccountUrl.parse("gmail://ada@example.com")));
        assertEquals(Kind.STORAGE, failure.kind());
    }

    private OAuthClient client(OAuthServer server) {
        return OAuthClient.of(server, "client", Secret.of("client secret"), time);
    }
}
