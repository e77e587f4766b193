package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ValueSealerTest {
    private static final byte[] NAME = octets("name");
    private static final byte[] SECRET = octets("meet me at the old mill at noon ".repeat(40));
    private static final int OLD = 7;
    private static final int NEW = 255;

    private final ContentKeys old = ContentKeys.of(OLD, key(1));

    static List<ValueSealer> sealers() {
        return List.of(ValueSealer.encrypted(ContentKeys.of(1, key(1))), ValueSealer.unencrypted());
    }

    @ParameterizedTest
    @MethodSource("sealers")
    void valuesOfAnyLength_comeBack(ValueSealer sealer) {
        Random random = new Random(1);
        for (int length : new int[] {0, 1, 100, 255, 256, 257, 5_000, 300_000, Lz4.MOST_PLAIN + 1}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertArrayEquals(noise, sealer.open(sealer.seal(noise, NAME), NAME));
            byte[] zeros = new byte[length];
            assertArrayEquals(zeros, sealer.open(sealer.seal(zeros, NAME), NAME));
        }
    }

    @ParameterizedTest
    @MethodSource("sealers")
    void anyFlippedBit_isDamage(ValueSealer sealer) {
        for (byte[] plain : List.of(SECRET, octets("short"), new byte[0])) {
            byte[] sealed = sealer.seal(plain, NAME);
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                byte[] changed = sealed.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertDamaged(sealer, changed, NAME);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sealers")
    void cutAndExtendedValues_areDamage(ValueSealer sealer) {
        byte[] sealed = sealer.seal(SECRET, NAME);
        for (int length = 0; length < sealed.length; length++) {
            assertDamaged(sealer, Arrays.copyOf(sealed, length), NAME);
        }
        assertDamaged(sealer, Arrays.copyOf(sealed, sealed.length + 1), NAME);
    }

    @ParameterizedTest
    @MethodSource("sealers")
    void anotherName_isDamage(ValueSealer sealer) {
        byte[] sealed = sealer.seal(SECRET, NAME);
        assertDamaged(sealer, sealed, octets("other"));
        assertDamaged(sealer, sealed, new byte[0]);
        assertDamaged(sealer, sealed, octets("name\0"));
    }

    @ParameterizedTest
    @MethodSource("sealers")
    void aVersionAhead_isDamageThatSaysSo(ValueSealer sealer) {
        byte[] sealed = sealer.seal(SECRET, NAME);
        sealed[0] = (byte) ((ValueSealer.VERSION + 1) << 4);
        assertTrue(damage(sealer, sealed, NAME).contains("version 2"));
    }

    @Test
    void anotherKeyOfTheSameNumber_isDamage() {
        byte[] sealed = ValueSealer.encrypted(old).seal(SECRET, NAME);
        assertDamaged(ValueSealer.encrypted(ContentKeys.of(OLD, key(2))), sealed, NAME);
    }

    @Test
    void anUnknownKey_isDamageThatNamesIt() {
        byte[] sealed = ValueSealer.encrypted(old).seal(SECRET, NAME);
        ValueSealer other = ValueSealer.encrypted(ContentKeys.of(NEW, key(1)));
        assertTrue(damage(other, sealed, NAME).contains("key 7"));
    }

    @Test
    void anOlderKeyOpens_andTheNewestSeals() {
        byte[] sealed = ValueSealer.encrypted(old).seal(SECRET, NAME);
        ValueSealer rotated = ValueSealer.encrypted(old.then(NEW, key(2)));
        assertArrayEquals(SECRET, rotated.open(sealed, NAME));
        byte[] sealedNow = rotated.seal(SECRET, NAME);
        assertEquals(NEW, sealedNow[1] & 0xFF);
        assertDamaged(ValueSealer.encrypted(old), sealedNow, NAME);
        ValueSealer prepared = ValueSealer.encrypted(old.opening(NEW, key(2)));
        assertArrayEquals(SECRET, prepared.open(sealedNow, NAME));
        assertEquals(OLD, prepared.seal(SECRET, NAME)[1]);
    }

    @Test
    void plainValues_areNotTakenForEncryptedOnes() {
        ValueSealer encrypted = ValueSealer.encrypted(old);
        ValueSealer unencrypted = ValueSealer.unencrypted();
        assertDamaged(encrypted, unencrypted.seal(SECRET, NAME), NAME);
        assertDamaged(unencrypted, encrypted.seal(SECRET, NAME), NAME);
    }

    @Test
    void sealedOctets_showNothing_andAreNeverTheSame() {
        ValueSealer sealer = ValueSealer.encrypted(old);
        for (byte[] plain : List.of(SECRET, octets("meet me at noon"))) {
            String sealed = latin1(sealer.seal(plain, NAME));
            assertFalse(sealed.contains("meet me") || sealed.contains("noon"));
            assertFalse(sealed.equals(latin1(sealer.seal(plain, NAME))));
        }
    }

    @Test
    void whatCompressesWell_isCompressed() {
        int length = ValueSealer.unencrypted().seal(SECRET, NAME).length;
        assertTrue(length < SECRET.length / 4, () -> length + " of " + SECRET.length);
        byte[] noise = new byte[1_000];
        new Random(1).nextBytes(noise);
        assertEquals(1_000 + 6, ValueSealer.unencrypted().seal(noise, NAME).length);
    }

    @Test
    void bombs_areDamage_beforeRoomIsMadeForThem() {
        ValueSealer.Wrapping wrapping = new Checked();
        byte[] head = {(byte) ((ValueSealer.VERSION << 4) | Lz4.KIND), 0};
        for (int claimed : new int[] {Integer.MAX_VALUE, -1, Lz4.MOST_PLAIN + 1, 255 * 20 + 1, 255 * 20, 21, 0}) {
            byte[] content = new byte[4 + 20];
            for (int i = 0; i < 4; i++) {
                content[i] = (byte) (claimed >> (8 * i));
            }
            assertDamaged(ValueSealer.unencrypted(), wrapping.close(head, content, NAME), NAME);
        }
    }

    @Test
    void flippedBitsOfCompressedOctets_areOctetsOrDamage() {
        byte[] compressed = Objects.requireNonNull(Lz4.compress(SECRET));
        int damage = 0;
        for (int bit = 0; bit < compressed.length * 8; bit++) {
            byte[] changed = compressed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertTrue(Lz4.decompress(changed).length <= 255 * changed.length);
            } catch (DamagedValueException damaged) {
                damage++;
            }
        }
        assertTrue(damage > 0);
    }

    @Test
    void manyThreads_shareASealer() throws Exception {
        ValueSealer sealer = ValueSealer.encrypted(old);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                byte[] plain = octets("value " + i);
                tasks.add(() -> {
                    boolean same = true;
                    for (int n = 0; n < 500; n++) {
                        same &= Arrays.equals(plain, sealer.open(sealer.seal(plain, NAME), NAME));
                    }
                    return same;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keys_areChecked_copied_andNotShown() {
        byte[] key = key(1);
        ContentKeys keys = ContentKeys.of(OLD, key);
        byte[] sealed = ValueSealer.encrypted(keys).seal(SECRET, NAME);
        Arrays.fill(key, (byte) 9);
        assertArrayEquals(SECRET, ValueSealer.encrypted(keys).open(sealed, NAME));
        assertEquals("ContentKeys[[7, 255], 255 seals]", keys.then(NEW, key(2)).toString());
        assertThrows(IllegalArgumentException.class, () -> ContentKeys.of(0, key(1)));
        assertThrows(IllegalArgumentException.class, () -> ContentKeys.of(256, key(1)));
        assertThrows(IllegalArgumentException.class, () -> ContentKeys.of(1, new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> keys.then(OLD, key(2)));
        assertThrows(IllegalArgumentException.class, () -> keys.opening(OLD, key(2)));
    }

    private static void assertDamaged(ValueSealer sealer, byte[] sealed, byte[] name) {
        String unused = damage(sealer, sealed, name);
    }

    private static String damage(ValueSealer sealer, byte[] sealed, byte[] name) {
        return String.valueOf(assertThrows(DamagedValueException.class, () -> sealer.open(sealed, name))
                .getMessage());
    }

    private static byte[] key(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return key;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
