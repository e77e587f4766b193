package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.steadymail.mail.FetchLevel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Octets that were not written here, or not like that, are a value or damage, and nothing else. */
class CodecDamageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Two octets may be an object with what it consists of, and what checks it makes some more and drops it. */
    private static final int MOST_PER_OCTET = 128;

    private static final int ALWAYS = 64 << 10;
    private static final int ROUNDS = 6;
    private static final List<Function<byte[], Object>> DECODERS = List.of(
            EmailCodec::decode,
            EmailCodec::decodeState,
            ListCodec::decodeList,
            ListCodec::decodeMailboxes,
            ListCodec::decodeThread);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final RandomMail mail = new RandomMail(seed);

    /** Returns a value of each kind. */
    private List<byte[]> values() {
        return List.of(
                EmailCodec.encode(mail.email(), FetchLevel.STRUCTURE),
                EmailCodec.encodeState(mail.mailboxIds(), mail.keywords()),
                ListCodec.encodeList(mail.ids().stream().limit(9).toList(), null),
                ListCodec.encodeMailboxes(mail.mailboxes().stream().limit(5).toList()),
                ListCodec.encodeThread(mail.thread()));
    }

    @Test
    void flippedBits_areAValueOrDamage() {
        for (int round = 0; round < ROUNDS; round++) {
            for (byte[] value : values()) {
                int bits = Math.min(value.length * 8, 2_000);
                for (int i = 0; i < bits; i++) {
                    byte[] changed = value.clone();
                    int bit = value.length * 8 == bits ? i : random.nextInt(value.length * 8);
                    changed[bit / 8] ^= (byte) (1 << bit % 8);
                    decodeAll(changed);
                }
            }
        }
    }

    @Test
    void cutValues_areDamage() {
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> values = values();
            for (int kind = 0; kind < values.size(); kind++) {
                byte[] value = values.get(kind);
                Function<byte[], Object> decoder = DECODERS.get(kind);
                for (int length = 0; length < value.length; length += 1 + value.length / 1_000) {
                    byte[] cut = Arrays.copyOf(value, length);
                    assertThrows(DamagedValueException.class, () -> decoder.apply(cut), "seed " + seed);
                }
                byte[] longer = Arrays.copyOf(value, value.length + 1);
                assertThrows(DamagedValueException.class, () -> decoder.apply(longer), "seed " + seed);
            }
        }
    }

    @Test
    void randomOctets_areAValueOrDamage() {
        for (int i = 0; i < 10_000; i++) {
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            for (int kind = 1; kind <= DECODERS.size() && octets.length > 2; kind++) {
                octets[0] = OctetWriter.VERSION;
                octets[1] = (byte) kind;
                decodeAll(octets);
            }
        }
    }

    @Test
    void valuesOfOtherKindsAndVersions_areDamage() {
        List<byte[]> values = values();
        for (int kind = 0; kind < values.size(); kind++) {
            for (int other = 0; other < values.size(); other++) {
                byte[] value = values.get(other).clone();
                Function<byte[], Object> decoder = DECODERS.get(kind);
                value[0] += other == kind ? (byte) 1 : 0;
                assertThrows(DamagedValueException.class, () -> decoder.apply(value));
            }
        }
    }

    @Test
    void whatAnyValueClaims_takesMemoryOfItsOwnMeasure() {
        for (byte filler : new byte[] {0, 1, 2, 3, 0x11, 0x2F, 0x3F, 0x7F, (byte) 0xFF, 'a'}) {
            for (byte[] value : values()) {
                byte[] hostile = Arrays.copyOf(value, 100_000);
                int start = random.nextInt(value.length - 1) + 2;
                Arrays.fill(hostile, start, hostile.length, filler);
                // Three octets announce some thousands of whatever comes.
                hostile[start] = (byte) 0xFF;
                hostile[start + 1] = (byte) 0xFF;
                hostile[start + 2] = 1;
                assertModest(hostile);
            }
        }
    }

    @Test
    void manySmallThings_takeMemoryOfTheirOwnMeasure() {
        int count = 40_000;
        OctetWriter addresses = new OctetWriter(ValueKind.EMAIL, count);
        // An email with an envelope that has recipients only, all of them without a name or an address.
        addresses.octet(4);
        addresses.text("1");
        addresses.number(0);
        addresses.number(0);
        addresses.octet(1 << 4);
        addresses.octet(0);
        addresses.number(count);
        IntStream.range(0, 2 * count).forEach(unused -> addresses.octet(0));
        assertEquals(1, decodeAll(addresses.toArray()));
        assertModest(addresses.toArray());

        OctetWriter parts = new OctetWriter(ValueKind.EMAIL, count);
        parts.octet(8);
        parts.text("1");
        parts.number(0);
        parts.number(0);
        parts.octet(1 << 5);
        parts.octet(1);
        parts.number(count);
        IntStream.range(0, count).forEach(unused -> {
            parts.octet(0);
            parts.octet(1);
        });
        assertEquals(1, decodeAll(parts.toArray()));
        assertModest(parts.toArray());

        OctetWriter keywords = new OctetWriter(ValueKind.STATE, count);
        keywords.number(0);
        keywords.number(count);
        IntStream.range(0, count).forEach(unused -> {
            keywords.octet(0);
            keywords.text("x");
        });
        assertModest(keywords.toArray());
    }

    private static void assertModest(byte[] octets) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int unused = decodeAll(octets);
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        long most = ALWAYS + (long) MOST_PER_OCTET * octets.length;
        assertTrue(taken <= most, () -> taken + " bytes for " + octets.length + " octets");
    }

    /** Returns how many decoders found a value; whatever else than damage they throw fails the test. */
    private static int decodeAll(byte[] octets) {
        int values = 0;
        for (Function<byte[], Object> decoder : DECODERS) {
            values += decodes(decoder, octets) ? 1 : 0;
        }
        return values;
    }

    private static boolean decodes(Function<byte[], Object> decoder, byte[] octets) {
        try {
            Object unused = decoder.apply(octets);
            return true;
        } catch (DamagedValueException damaged) {
            return false;
        }
    }
}
