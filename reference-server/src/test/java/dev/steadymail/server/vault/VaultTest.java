package dev.steadymail.server.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.tenants.Tenancy;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

final class VaultTest {
    private static final HikariDataSource DATABASE = TestDatabase.create();
    private static final String SETTING = TestVault.key(1);

    private final TestVault server = TestVault.on(DATABASE, SETTING);
    private final UUID ours = server.newOrganisation();
    private final UUID theirs = server.newOrganisation();

    @BeforeAll
    static void createTable() {
        TestVault.createNumberedTable(DATABASE);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void open_inItsPlace_isWhatWasSealed() {
        UUID account = server.newAccount(ours, "sch\u00f6n\nsecret");
        assertEquals("sch\u00f6n\nsecret", server.open(ours, account));
        assertEquals("sch\u00f6n\nsecret", TestVault.on(DATABASE, SETTING).open(ours, account));
        assertEquals("two", server.openNumbered(theirs, server.newNumbered(theirs, "two")));
    }

    @Test
    void seal_twice_differs() {
        Place place = TestVault.login(UUID.randomUUID());
        byte[] first = Tenancy.in(ours, () -> server.vault().seal(place, "secret"));
        byte[] second = Tenancy.in(ours, () -> server.vault().seal(place, "secret"));
        assertFalse(Arrays.equals(first, second));
    }

    @Test
    void seal_forTwoOrganisations_isUnderTwoKeys() {
        server.newAccount(ours, "secret");
        server.newAccount(theirs, "secret");
        assertEquals(1, server.dataKeys(ours).size());
        assertEquals(1, server.dataKeys(theirs).size());
        assertNotEquals(server.dataKeys(ours), server.dataKeys(theirs));
    }

    @Test
    void open_afterTwoRowsWereSwapped_isRefused() {
        UUID one = server.newAccount(ours, "one");
        UUID two = server.newAccount(ours, "two");
        byte[] ofOne = server.stored(ours, one);
        server.store(ours, one, server.stored(ours, two));
        server.store(ours, two, ofOne);
        assertThrows(UnreadableSecretException.class, () -> server.open(ours, one));
        assertThrows(UnreadableSecretException.class, () -> server.open(ours, two));
        server.store(ours, one, ofOne);
        assertEquals("one", server.open(ours, one));
    }

    @Test
    void open_inAnotherColumnOrTable_isRefused() {
        UUID account = server.newAccount(ours, "one");
        byte[] value = server.stored(ours, account);
        for (Place place : new Place[] {
            new Place("account", "url", account.toString()), new Place("numbered", "login", account.toString())
        }) {
            assertThrows(
                    UnreadableSecretException.class,
                    () -> Tenancy.in(ours, () -> server.vault().open(place, value)));
        }
    }

    @Test
    void open_ofAnotherOrganisationsValue_isRefused_andSoIsStoringIt() {
        UUID account = server.newAccount(ours, "ours");
        UUID other = server.newAccount(theirs, "theirs");
        byte[] value = server.stored(ours, account);
        assertThrows(UnreadableSecretException.class, () -> server.open(theirs, account, value));
        assertThrows(DataIntegrityViolationException.class, () -> server.store(theirs, other, value));
        assertEquals("theirs", server.open(theirs, other));
    }

    @Test
    void unwrap_forAnotherOrganisation_isRefused() {
        server.newAccount(ours, "ours");
        WrappedKey wrapped = server.wrapped(ours);
        EncryptionKeys keys = EncryptionKeys.parse(SETTING);
        assertEquals(wrapped.id(), Tenancy.in(ours, () -> wrapped.unwrap(keys).id()));
        assertThrows(UnreadableSecretException.class, () -> Tenancy.in(theirs, () -> wrapped.unwrap(keys)));
        WrappedKey renamed = new WrappedKey(wrapped.id() + 1, wrapped.kek(), wrapped.bytes());
        assertThrows(UnreadableSecretException.class, () -> Tenancy.in(ours, () -> renamed.unwrap(keys)));
    }

    @Test
    void open_withAnyBitFlipped_isRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            byte[] secret = new byte[random.nextInt(60)];
            random.nextBytes(secret);
            Place place = TestVault.login(new UUID(random.nextLong(), random.nextLong()));
            Tenancy.in(ours, () -> {
                byte[] value = server.vault().seal(place, secret);
                assertArrayEquals(secret, server.vault().open(place, value));
                for (int bit = 0; bit < value.length * 8; bit++) {
                    byte[] changed = value.clone();
                    changed[bit / 8] ^= (byte) (1 << (bit % 8));
                    assertThrows(
                            UnreadableSecretException.class,
                            () -> server.vault().open(place, changed),
                            "seed " + seed + ", bit " + bit);
                }
            });
        }
    }

    @Test
    void open_ofACutValue_isRefused() {
        UUID account = server.newAccount(ours, "secret");
        byte[] value = server.stored(ours, account);
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThrows(UnreadableSecretException.class, () -> server.open(ours, account, cut));
        }
    }

    @Test
    void seal_forAColumnThatNoRotationKnows_isRefused() {
        Place place = new Place("account", "url", "1");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Tenancy.in(ours, () -> server.vault().seal(place, "secret")))
                .getMessage();
        assertTrue(message.contains("account.url"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void open_ofAValueFromBeforeDataKeys_isWhatWasEncrypted_inItsPlace() {
        UUID account = server.newOldAccount(ours, SETTING, "old");
        assertEquals("old", server.open(ours, account));
        byte[] value = server.stored(ours, account);
        assertThrows(UnreadableSecretException.class, () -> server.open(ours, UUID.randomUUID(), value));
    }

    @Test
    void open_withoutTheKeyOfTheSetting_isRefused_andWhatIsSealedThenIsReadable() {
        UUID account = server.newAccount(ours, "old");
        TestVault other = TestVault.on(DATABASE, TestVault.key(2));
        assertThrows(UnreadableSecretException.class, () -> other.open(ours, account));
        UUID connectedAgain = other.newAccount(ours, "new");
        assertEquals("new", other.open(ours, connectedAgain));
        TestVault both = TestVault.on(DATABASE, TestVault.key(2) + "," + SETTING);
        assertEquals("old", both.open(ours, account));
        assertEquals("new", both.open(ours, connectedAgain));
    }

    @Test
    void store_ofAValueWhoseKeyWasDestroyedSinceItWasSealed_isRefusedByTheDatabase() {
        UUID account = server.newAccount(ours, "before");
        byte[] late = Tenancy.in(ours, () -> server.vault().seal(TestVault.login(account), "late"));
        server.rotation().run();
        assertThrows(DataIntegrityViolationException.class, () -> server.store(ours, account, late));
        assertEquals("before", server.open(ours, account));
    }

    @Test
    void open_onAnotherServer_forgetsADestroyedKeyWithinAMinute() {
        AtomicLong nanos = new AtomicLong();
        TestVault other = TestVault.on(DATABASE, SETTING, nanos::get);
        UUID account = server.newAccount(ours, "secret");
        byte[] copied = server.stored(ours, account);
        assertEquals("secret", other.open(ours, account, copied));
        server.rotation().run();
        assertThrows(UnreadableSecretException.class, () -> server.open(ours, account, copied));
        nanos.addAndGet(DataKeys.LIFE.toNanos());
        assertThrows(UnreadableSecretException.class, () -> other.open(ours, account, copied));
        assertEquals("secret", other.open(ours, account));
    }

    @Test
    void texts_tellNoSecret() {
        server.newAccount(ours, "secret");
        assertEquals("EncryptionKeys[hidden]", EncryptionKeys.parse(SETTING).toString());
        assertEquals("VaultSettings[hidden]", new VaultSettings(SETTING).toString());
        assertEquals(
                "WrappedKey[" + server.wrapped(ours).id() + "]",
                server.wrapped(ours).toString());
    }
}
