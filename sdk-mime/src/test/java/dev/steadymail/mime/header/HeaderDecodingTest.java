package dev.steadymail.mime.header;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderDecodingTest {
    @Test
    void encodedWords_areDecoded() {
        assertEquals("Grüße", HeaderText.decode("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?="));
        assertEquals("Grüße an Ada", HeaderText.decode("=?iso-8859-1?q?Gr=FC=DFe_an?= Ada"));
        assertEquals("Grüße", HeaderText.decode("=?utf-8?B?R3LDvMOfZQ==?="));
        assertEquals("Grüße", HeaderText.decode("=?utf-8*de?B?R3LDvMOfZQ==?="));
    }

    @Test
    void neighbouringWords_joinAndKeepCutCharactersWhole() {
        assertEquals("€uro", HeaderText.decode("=?UTF-8?B?4oI=?=\r\n =?UTF-8?B?rHVybw==?="));
        assertEquals("a b", HeaderText.decode("=?UTF-8?Q?a?= b"));
        assertEquals("äß", HeaderText.decode("=?UTF-8?Q?=C3=A4?= =?ISO-8859-1?Q?=DF?="));
    }

    @Test
    void whatCannotBeDecoded_stays() {
        for (String text : List.of("=?x-none?Q?a?=", "=?UTF-8?B?***?=", "=?UTF-8?X?a?=", "=?", "a =?UTF-8?Q?b")) {
            assertTrue(HeaderText.decode(text).startsWith(text.substring(0, 1)), text);
        }
        assertEquals("=?x-none?Q?a?=", HeaderText.decode("=?x-none?Q?a?="));
        assertEquals("=", HeaderText.decode("=?UTF-8?Q?=?="));
    }

    @Test
    void hostileHeaders_takeNoTime() {
        String words = "=?UTF-8?Q?a?= ".repeat(200_000);
        assertTimeout(Duration.ofSeconds(5), () -> HeaderText.decode(words));
        assertTimeout(Duration.ofSeconds(5), () -> AddressList.parse("(".repeat(1 << 20)));
        assertTimeout(Duration.ofSeconds(5), () -> AddressList.parse("a@b,".repeat(1 << 20)));
        assertTimeout(Duration.ofSeconds(5), () -> MailDate.parse(" ".repeat(1 << 20)));
    }

    @Test
    void addressLists_areRead() {
        assertEquals(List.of(address(null, "ada@example.com")), AddressList.parse("ada@example.com"));
        assertEquals(
                List.of(address("Lovelace, Ada", "ada@example.com"), address("Bob", "bob@example.com")),
                AddressList.parse("\"Lovelace, Ada\" <ada@example.com>, Bob <bob@example.com>"));
        assertEquals(
                List.of(address("Jörg", "j@example.com")), AddressList.parse("=?UTF-8?Q?J=C3=B6rg?= <j@example.com>"));
        assertEquals(List.of(address("Ada", "ada@example.com")), AddressList.parse("ada@example.com (Ada)"));
        assertEquals(
                List.of(address(null, "a@example.com"), address("B", "b@example.com")),
                AddressList.parse("Friends: a@example.com, B <b@example.com>;"));
        assertEquals(List.of(), AddressList.parse("undisclosed-recipients:;"));
        assertEquals(
                List.of(address(null, "\"a, \\\"b\"@example.com"), address("C", "\"c\\>d\"@example.com")),
                AddressList.parse("\"a, \\\"b\"@example.com, C <\"c\\>d\"@example.com>"));
        assertEquals(List.of(address(null, "Ada")), AddressList.parse("\"Ada\""));
        assertEquals(
                List.of(address("say \"hi\"", "\"odd, one\"@example.com")),
                AddressList.parse("\"say \\\"hi\\\"\" <\"odd, one\"@example.com>"));
    }

    @Test
    void dates_areRead() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        for (String text : List.of(
                "Sun, 1 Mar 2026 12:00:00 +0000",
                "1 Mar 2026 12:00 GMT",
                "Sun, 01 Mar 26 07:00:00 EST",
                "Sun, 1 Mar 2026 13:00:00 +0100 (CET)")) {
            assertEquals(noon, MailDate.parse(text), text);
        }
        assertNull(MailDate.parse("yesterday"));
        assertNull(MailDate.parse("31 Feb 2026 12:00:00 +0000"));
        assertNull(MailDate.parse("1 Mar 2026 12:00:00 +9999"));
    }

    private static EmailAddress address(String name, String address) {
        return new EmailAddress(name, address);
    }
}
