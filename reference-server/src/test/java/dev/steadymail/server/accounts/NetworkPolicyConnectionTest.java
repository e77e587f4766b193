package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy keeps is not connected to, whatever was said when the account was added. */
class NetworkPolicyConnectionTest {
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, loopback());
        Thread acceptor = new Thread(this::accept, "recording-listener");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaps://ada@mail.example.com:%d",
                "imap://ada@127.0.0.1:%d?tls=none",
                "imap://ada@[::ffff:127.0.0.1]:%d?tls=none",
                "imaps://ada@2130706433:%d",
                "imaps://ada@127.1:%d",
                "gmail://me?root=https://mail.example.com:%d/",
                "gmail://me?root=http://127.0.0.1:%d/",
                "gmail://me?root=https://2130706433:%d/",
                "gmail://me?root=https://[::ffff:127.0.0.1]:%d/",
                "gmail://me?token=http://localhost:%d/"
            })
    void withoutAllowedNetwork_nothingReachesLoopback(String url) {
        NetworkPolicy policy = new NetworkPolicy(List.of(), host -> List.of(loopback()));
        assertEquals(Kind.NETWORK, open(policy, AccountUrl.parse(url.formatted(listener.getLocalPort()))));
        assertEquals(0, connections.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaps://ada@mail.example.com:%d",
                "imap://ada@127.0.0.1:%d?tls=none",
                "gmail://me?root=https://mail.example.com:%d/",
                "gmail://me?root=http://127.0.0.1:%d/",
                "gmail://me?token=http://localhost:%d/"
            })
    void withAllowedNetwork_loopbackIsReached(String url) {
        NetworkPolicy policy = new NetworkPolicy(List.of("127.0.0.0/8"), host -> List.of(loopback()));
        open(policy, AccountUrl.parse(url.formatted(listener.getLocalPort())));
        assertTrue(connections.get() > 0);
    }

    /** The name is public when the account is added, and this machine when it is connected to. */
    @ParameterizedTest
    @ValueSource(strings = {"imaps://ada@mail.example.com:%d", "gmail://me?root=https://mail.example.com:%d/"})
    void nameThatLeadsElsewhereLater_isNotFollowed(String text) throws UnknownHostException {
        InetAddress publicOne = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        AtomicInteger questions = new AtomicInteger();
        HostResolver rebinding = host -> List.of(questions.incrementAndGet() <= 2 ? publicOne : loopback());
        NetworkPolicy policy = new NetworkPolicy(List.of(), rebinding);
        AccountUrl url = AccountUrl.parse(text.formatted(listener.getLocalPort()));
        policy.require(url);
        questions.set(2);
        assertEquals(Kind.NETWORK, open(policy, url));
        assertTrue(questions.get() > 2);
        assertEquals(0, connections.get());
    }

    @Test
    void addressesOfBothKinds_areNotTriedOneAfterTheOther() throws UnknownHostException {
        InetAddress publicOne = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        for (List<InetAddress> answer : Arrays.asList(List.of(publicOne, loopback()), List.of(loopback(), publicOne))) {
            NetworkPolicy policy = new NetworkPolicy(List.of(), host -> answer);
            AccountUrl url = AccountUrl.parse("imaps://ada@mail.example.com:" + listener.getLocalPort());
            assertEquals(Kind.NETWORK, open(policy, url));
        }
        assertEquals(0, connections.get());
    }

    /** Connects as the server does and returns how that failed; the listener hangs up on everybody. */
    private static Kind open(NetworkPolicy policy, AccountUrl url) {
        try (MailRuntime runtime = MailRuntime.builder()
                .resolver(policy)
                .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .callTimeout(Duration.ofSeconds(3))
                .build()) {
            Login login = login(url);
            Accounts accounts = new Accounts(runtime.time(), runtime.resolver());
            try (MailClient mail = runtime.open(accounts.open(url, login))) {
                return assertThrows(MailException.class, () -> mail.mailboxes().list())
                        .kind();
            }
        }
    }

    private static Login login(AccountUrl url) {
        if (url instanceof GmailUrl gmail) {
            return gmail.token() == null
                    ? Login.accessToken("token")
                    : Login.refreshToken("client", "client secret", "refresh");
        }
        return Login.password("secret");
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                var unused = connections.incrementAndGet();
                socket.close();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
