package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
    @Test
    void domain_isInLowerCaseAndAscii() {
        MailAddress address = MailAddress.parse(" Ada.L@Exämple.COM ");
        assertEquals("Ada.L", address.local());
        assertEquals("xn--exmple-cua.com", address.domain());
    }

    @Test
    void owner_isTheDomainAndWhatIsBelow() {
        MailAddress address = MailAddress.parse("ada@example.com");
        assertTrue(address.owns("example.com"));
        assertTrue(address.owns("imap.example.com"));
        assertFalse(address.owns("imap.badexample.com"));
        assertFalse(address.owns("example.com.evil.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.com",
                "ada@localhost",
                "ada@127.0.0.1",
                "ada@[127.0.0.1]",
                "ada@[::1]",
                "ada@2130706433",
                "ada@0x7f.1",
                "ada@example.com:80",
                "ada@example.com/x",
                "ada@example.com?x=y",
                "ada@example.com#x",
                "ada@exa mple.com",
                "ada@example..com",
                "ada@.example.com",
                "ada@-example.com",
                "ada\r\nHost: x@example.com",
                "ada lovelace@example.com",
                "\"ada\"@example.com",
                "a@b@example.com",
                "ada@example.com\n.evil.org",
                "ada@example.com.",
                "ada@a%2eb.com",
                "<ada@example.com>"
            })
    void other_isRefused(String text) {
        assertThrows(WrongAddressException.class, () -> MailAddress.parse(text));
    }

    @Test
    void long_isRefused() {
        assertThrows(WrongAddressException.class, () -> MailAddress.parse("a".repeat(250) + "@example.com"));
    }
}
