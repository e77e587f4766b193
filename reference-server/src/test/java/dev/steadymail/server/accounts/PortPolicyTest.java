package dev.steadymail.server.accounts;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.accounts.AccountUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaps://ada@mail.example.com",
                "imap://ada@mail.example.com",
                "imaps://ada@mail.example.com:4993",
                "imaps://ada@mail.example.com?smtp=mail.example.com:465",
                "imaps://ada@mail.example.com?smtp=mail.example.com:587",
                "imaps://ada@mail.example.com?smtp=mail.example.com:2525",
                "imap://ada@127.0.0.1:40123?tls=none",
                "imap://ada@127.0.0.1:1024?tls=none",
                "imaps://ada@10.1.2.3:8993",
                "gmail://me",
                "gmail://me?root=https://gmail.example.com/",
                "gmail://me?root=https://gmail.example.com:443/",
                "gmail://me?root=http://127.0.0.1:40123/"
            })
    void portOfMail_orInAnAllowedNetwork_isTaken(String url) {
        assertDoesNotThrow(() -> policy().require(AccountUrl.parse(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaps://ada@mail.example.com:22",
                "imaps://ada@mail.example.com:25",
                "imaps://ada@mail.example.com:443",
                "imaps://ada@mail.example.com:465",
                "imaps://ada@mail.example.com:6379",
                "imaps://ada@mail.example.com:40123",
                "imap://ada@127.0.0.1:22?tls=none",
                "imap://ada@127.0.0.1:1023?tls=none",
                "imaps://ada@192.168.0.1:8993",
                "imaps://ada@both.example.com:8993",
                "imaps://ada@nowhere.example.com:8993",
                "imaps://ada@mail.example.com?smtp=mail.example.com:25",
                "imaps://ada@mail.example.com?smtp=mail.example.com:993",
                "imaps://ada@mail.example.com?smtp=10.2.0.1:25",
                "gmail://me?root=https://gmail.example.com:8443/",
                "gmail://me?token=https://gmail.example.com:22/"
            })
    void otherPort_isRefused_withTheSetting(String url) {
        UnusableAccountException refusal =
                assertThrows(UnusableAccountException.class, () -> policy().require(AccountUrl.parse(url)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("steadymail.accounts.allowed-ports"));
    }

    @Test
    void setting_withANumberThatIsNoPort_isRefused() {
        for (int port : new int[] {0, -1, 65_536}) {
            assertThrows(IllegalArgumentException.class, () -> new PortPolicy(List.of(993, port), networks()));
        }
    }

    @Test
    void listedPort_isForEveryHost_othersStayClosed() {
        assertTrue(policy().isImapAllowed("mail.example.com", 4993));
        assertTrue(policy().isSmtpAllowed("mail.example.com", 4993));
        assertFalse(policy().isImapAllowed("mail.example.com", 4994));
    }

    private static PortPolicy policy() {
        return new PortPolicy(List.of(4993), networks());
    }

    private static NetworkPolicy networks() {
        return new NetworkPolicy(List.of("127.0.0.0/8", "10.0.0.0/8"), host -> switch (host) {
            case "nowhere.example.com" -> throw new UnknownHostException(host);
            case "both.example.com" -> List.of(address(10), address(8));
            default -> List.of(address(8));
        });
    }

    private static InetAddress address(int first) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) first, 8, 8, 8});
    }
}
