package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.Login;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.web.ApiException;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LoginCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Login RIGHT = Login.password("Zwiebelfisch-4711");

    static final List<String> SPELLINGS = ForbiddenHosts.SPELLINGS;

    private final RecordingSockets sockets = new RecordingSockets();

    /** Names lead to this machine, as they do where an attacker's name server answers. */
    @ParameterizedTest
    @FieldSource("SPELLINGS")
    void forbiddenHost_isNeverConnectedTo(String host) {
        LoginCheck check = new LoginCheck(new NetworkPolicy(List.of(), name -> List.of(here())), sockets, LIMIT, LIMIT);
        for (String form : List.of("imaps://ada@%s:993", "imaps://ada@[%s]:993", "gmail://me?root=https://%s/")) {
            String text = form.formatted(host);
            RuntimeException refusal =
                    assertThrows(RuntimeException.class, () -> check.require(AccountUrl.parse(text), RIGHT), text);
            assertTrue(
                    refusal instanceof UnreachableHostException || refusal instanceof InvalidAccountUrlException,
                    () -> text + " " + refusal);
        }
        assertEquals(List.of(), sockets.asked());
    }

    @Test
    void publicHost_isConnectedTo_atTheAddressThatWasChecked() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        LoginCheck check =
                new LoginCheck(new NetworkPolicy(List.of(), name -> List.of(address)), sockets, LIMIT, LIMIT);
        unreached(check, "imaps://ada@mail.example.com");
        assertEquals(List.of(new InetSocketAddress(address, 993)), sockets.asked());
    }

    /** Public when the host is checked, this machine when it is to be connected to. */
    @Test
    void nameThatLeadsElsewhereLater_isNotFollowed() throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        for (int publicAnswers = 0; publicAnswers < 3; publicAnswers++) {
            AtomicInteger questions = new AtomicInteger();
            int first = publicAnswers;
            HostResolver rebinding = name -> List.of(questions.incrementAndGet() <= first ? address : here());
            unreached(
                    new LoginCheck(new NetworkPolicy(List.of(), rebinding), sockets, LIMIT, LIMIT),
                    "imaps://ada@mail.example.com");
        }
        assertTrue(
                sockets.asked().stream().allMatch(new InetSocketAddress(address, 993)::equals),
                sockets.asked()::toString);
    }

    @Test
    void rightLogin_passes_withOneLogin() {
        try (ImapTestServer imap = imap()) {
            assertDoesNotThrow(() -> local().require(url(imap.port()), RIGHT));
            assertEquals(
                    1,
                    imap.log().stream()
                            .filter(command -> command.startsWith("LOGIN") || command.startsWith("AUTHENTICATE"))
                            .count(),
                    imap.log()::toString);
        }
    }

    @Test
    void wrongLogin_isRefused_withKindAndRemedy_andWithoutTheSecret() {
        try (ImapTestServer imap = imap()) {
            RefusedLoginException refused = assertThrows(
                    RefusedLoginException.class, () -> local().require(url(imap.port()), Login.password("Hush")));
            assertEquals(Kind.AUTH, refused.kind());
            assertFalse(refused.isRetryable());
            assertFalse(refused.remedy().isBlank());
            assertFalse(String.valueOf(refused.getMessage()).contains("Hush"));
        }
    }

    @Test
    void closed_silent_brokenAndUnknown_areToldInTheSameWords() throws IOException {
        Set<String> words = new HashSet<>();
        try (ServerSocket silent = new ServerSocket(0, 50, here());
                ImapTestServer broken = imap()) {
            broken.inject(new ImapFault.DisconnectOn("CAPABILITY"), dev.steadymail.testkit.imap.FaultCount.always());
            broken.inject(new ImapFault.DisconnectOn("LOGIN"), dev.steadymail.testkit.imap.FaultCount.always());
            broken.inject(new ImapFault.DisconnectOn("AUTHENTICATE"), dev.steadymail.testkit.imap.FaultCount.always());
            for (int port : new int[] {closedPort(), silent.getLocalPort(), broken.port()}) {
                words.add(unreached(local(Duration.ofSeconds(1)), url(port).text()));
            }
            words.add(unreached(local(), "imaps://ada@10.0.0.1"));
            words.add(unreached(local(), "imaps://ada@nowhere.example.com"));
        }
        assertEquals(1, words.size(), words::toString);
    }

    private static String unreached(LoginCheck check, String url) {
        ApiException same =
                assertThrows(UnreachableHostException.class, () -> check.require(AccountUrl.parse(url), RIGHT), url);
        return String.valueOf(same.getMessage());
    }

    private static ImapTestServer imap() {
        return ImapTestServer.builder().user("ada", "Zwiebelfisch-4711").start();
    }

    private static AccountUrl url(int port) {
        return AccountUrl.parse("imap://ada@127.0.0.1:" + port + "?tls=none");
    }

    private static LoginCheck local() {
        return local(Duration.ofSeconds(15));
    }

    private static LoginCheck local(Duration login) {
        HostResolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        return new LoginCheck(
                new NetworkPolicy(List.of("127.0.0.0/8"), nobody), SocketFactory.getDefault(), LIMIT, login);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 50, here())) {
            return closed.getLocalPort();
        }
    }

    private static InetAddress here() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
