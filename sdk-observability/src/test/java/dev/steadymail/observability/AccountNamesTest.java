package dev.steadymail.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountNamesTest {
    private static final byte[] KEY = "a secret of at least 32 octets...".getBytes(StandardCharsets.US_ASCII);
    private static final AccountId ADA = new AccountId("imap:ada@example.com@imap.example.com:993");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aName_isTheSameInAllProcessesWithTheKey_forOnePeriod() {
        AccountNames one = AccountNames.keyed(KEY, Duration.ofDays(1));
        AccountNames other = AccountNames.keyed(KEY, Duration.ofDays(1));
        String name = one.of(ADA, NOON);
        assertEquals(name, other.of(ADA, NOON.plusSeconds(11 * 3600)));
        assertNotEquals(name, other.of(ADA, NOON.plusSeconds(12 * 3600)));
        assertEquals(name, other.of(ADA, NOON), "periods may come again, as clocks step back");
    }

    @Test
    void anotherKey_givesAnotherName() {
        assertNotEquals(
                AccountNames.random().of(ADA, NOON), AccountNames.random().of(ADA, NOON));
    }

    @Test
    void names_tellAccountsApart_andShowNothingOfThem() {
        AccountNames names = AccountNames.keyed(KEY, AccountNames.A_DAY);
        Set<String> made = new HashSet<>();
        for (int n = 0; n < 5_000; n++) {
            String name = names.of(new AccountId("account" + n), NOON);
            assertTrue(name.matches("[0-9a-f]{16}"), name);
            made.add(name);
        }
        assertEquals(5_000, made.size());
        assertFalse(names.toString().contains("secret"));
    }

    @Test
    void shortKeys_andShortPeriods_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> AccountNames.keyed(new byte[31], AccountNames.A_DAY));
        assertThrows(IllegalArgumentException.class, () -> AccountNames.keyed(KEY, Duration.ofSeconds(59)));
    }
}
