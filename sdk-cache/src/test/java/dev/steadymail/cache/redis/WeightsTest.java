package dev.steadymail.cache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account and a tenant weigh in Redis, and that the bounds of both hold. */
class WeightsTest {
    private static final int OF_ACCOUNT = 1 << 16;
    private static final int OF_TENANT = 100_000;
    private static final int OVERHEAD = 100;
    private static final ContentKeys KEYS = ContentKeys.of(1, new byte[32]);

    private static RedisProcess redis;
    private static RedisClient client;
    private static RedisCommands<byte[], byte[]> commands;

    private final RedisNames names = new RedisNames(KeyNames.keyed(KEYS), "steadymail");
    private final Random random = new Random(7);
    private RedisLevel level;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
        client = RedisClient.create(redis.url());
        commands = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    @AfterAll
    static void endRedis() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    @BeforeEach
    void open() {
        redis.command("FLUSHALL");
        level = Levels.connected(RedisSettings.encrypted(redis.url(), KEYS).withWeights(OF_ACCOUNT, OF_TENANT));
    }

    @AfterEach
    void close() {
        level.close();
    }

    @Test
    void account_holdsItsBound_andTheOldestGiveWay() {
        for (int n = 0; n < 100; n++) {
            put("ada", "", email(n), 2_000);
        }
        assertWeighedRight("ada");
        assertTrue(weight("ada") <= OF_ACCOUNT, () -> "it weighs " + weight("ada"));
        List<Integer> left = found("ada", 100);
        assertTrue(left.size() >= 28, left::toString);
        assertEquals(IntStream.range(100 - left.size(), 100).boxed().toList(), left);
    }

    @Test
    void whatIsWrittenAgain_isYoungAgain_andCountsOnce() {
        for (int n = 0; n < 20; n++) {
            put("ada", "", email(n), 2_000);
        }
        for (int times = 0; times < 50; times++) {
            put("ada", "", email(0), 1_000 + times);
        }
        assertWeighedRight("ada");
        assertEquals(20, found("ada", 20).size());
        for (int n = 20; n < 40; n++) {
            put("ada", "", email(n), 2_000);
        }
        assertTrue(found("ada", 40).contains(0), "what was written last gave way before older ones");
        assertWeighedRight("ada");
    }

    @Test
    void partsOfOneEmail_countTogether_andAgainOnlyWhatIsLarger() {
        for (int times = 1; times <= 3; times++) {
            for (int part = 0; part < 5; part++) {
                put("ada", "", new LastingName("1", "part" + part), times * 1_000);
            }
            assertWeighedRight("ada");
        }
    }

    @Test
    void whatRedisDropped_orWasRemoved_isNotCountedForGood() {
        for (int n = 0; n < 20; n++) {
            put("ada", "", email(n), 2_000);
            put("ada", "", new LastingName(Integer.toString(n), "part"), 500);
        }
        for (int n = 0; n < 10; n++) {
            commands.del(key("ada", email(n)), key("ada", new LastingName(Integer.toString(n), "part")));
        }
        assertTrue(level.remove("ada", 0, Set.of("10", "11")).isPresent());
        for (int n = 0; n < 12; n++) {
            put("ada", "", email(n), 2_000);
            put("ada", "", new LastingName(Integer.toString(n), "part"), 500);
        }
        assertWeighedRight("ada");
    }

    @Test
    void afterTheTime_nothingIsCounted() {
        put("ada", "", email(1), 2_000);
        byte[] ages = names.of("ada").weights().get(0);
        byte[] name = commands.zrange(ages, 0, -1).get(0);
        // As if it had been written eight days ago.
        commands.zincrby(ages, -Duration.ofDays(8).toMillis() * 1_000.0, name);
        commands.del(key("ada", email(1)));
        put("ada", "", email(2), 2_000);
        assertWeighedRight("ada");
        assertEquals(1, commands.zcard(ages));
    }

    @Test
    void whereTheBooksAreLost_theyAreBegunAnew() {
        for (int lost = 0; lost < 2; lost++) {
            put("ada", "", email(1), 2_000);
            put("ada", "", new LastingName("1", "part"), 500);
            commands.del(names.of("ada").weights().get(lost));
            put("ada", "", new LastingName("1", "other"), 500);
            put("ada", "", email(1), 2_000);
            assertWeighedRight("ada");
        }
    }

    @Test
    void randomWrites_andLosses_neverMakeItForget_whatThereIs() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random dice = new Random(seed);
        for (int times = 0; times < 400; times++) {
            LastingName name = new LastingName(
                    Integer.toString(dice.nextInt(30)), dice.nextBoolean() ? "" : "part" + dice.nextInt(3));
            switch (dice.nextInt(10)) {
                case 0 -> commands.del(key("ada", name));
                case 1 ->
                    assertTrue(level.remove("ada", 0, Set.of(name.owner())).isPresent());
                default -> put("ada", "", name, dice.nextInt(3_000));
            }
        }
        Levels.settle(level);
        assertTrue(real("ada") <= weight("ada"), () -> "more than is counted, seed " + seed);
        assertTrue(weight("ada") <= OF_ACCOUNT, () -> "above the bound, seed " + seed);
    }

    @Test
    void tenant_holdsItsBound_byItsLargestAccount_andAnotherIsUntouched() {
        for (int n = 0; n < 25; n++) {
            put("eve", "other", email(n), 2_000);
            put("ada", "acme", email(n), 2_000);
        }
        for (int n = 0; n < 30; n++) {
            put("bob", "acme", email(n), 2_000);
        }
        SentinelRig.await("the tenant stays too heavy", () -> real("ada") + real("bob") <= OF_TENANT);
        assertEquals(25, found("eve", 25).size());
        assertTrue(real("ada") + real("bob") > OF_TENANT - 6_000, "more gave way than had to");
        assertWeighedRight("ada");
        assertWeighedRight("bob");
        List<Integer> bob = found("bob", 30);
        assertEquals(IntStream.range(30 - bob.size(), 30).boxed().toList(), bob);
    }

    @Test
    void accountThatMoved_isNotMadeLighterForItsOldTenant() {
        for (int n = 0; n < 30; n++) {
            put("ada", "acme", email(n), 2_000);
        }
        put("ada", "other", email(0), 2_000);
        for (int n = 0; n < 30; n++) {
            put("bob", "acme", email(n), 2_000);
        }
        Levels.settle(level);
        assertEquals(30, found("ada", 30).size());
        SentinelRig.await("the account still counts", () -> -tenant("acme") == weight("bob"));
        assertEquals(30, found("bob", 30).size());
    }

    @Test
    void forgottenAccount_doesNotCountForItsTenant() {
        put("ada", "acme", email(1), 2_000);
        SentinelRig.await("the tenant is not told", () -> -tenant("acme") == weight("ada"));
        assertTrue(level.forget("ada", 0).isPresent());
        SentinelRig.await(
                "the account still counts",
                () -> commands.exists(names.accountsOf(names.tenant("acme")).toArray(byte[][]::new)) == 0);
    }

    private static LastingName email(int number) {
        return new LastingName(Integer.toString(number), "");
    }

    private void put(String account, String tenant, LastingName name, int octets) {
        // Nothing that could be compressed.
        byte[] value = new byte[octets];
        random.nextBytes(value);
        Begun begun = level.begin(account, 0, Set.of(), 0, Duration.ofSeconds(1), Wanted.changing(List.of()))
                .orElseThrow();
        level.keep(account, tenant, begun, new Values(Map.of(), Map.of(name, value)));
        Levels.settle(level);
    }

    private List<Integer> found(String account, int most) {
        Map<LastingName, Integer> numbers = new HashMap<>();
        for (int n = 0; n < most; n++) {
            numbers.put(email(n), n);
        }
        return level.find(account, Wanted.lasting(numbers.keySet())).lasting().keySet().stream()
                .map(numbers::get)
                .sorted()
                .toList();
    }

    private byte[] key(String account, LastingName name) {
        RedisNames.OfAccount keys = names.of(account);
        return keys.lasting(keys.suffix(name));
    }

    private void assertWeighedRight(String account) {
        assertEquals(real(account), weight(account));
    }

    private long weight(String account) {
        byte[] weight = commands.hget(names.of(account).weights().get(1), RedisNames.ascii("w"));
        return weight == null ? 0 : Long.parseLong(new String(weight, StandardCharsets.US_ASCII));
    }

    private double tenant(String tenant) {
        Double sum = commands.zscore(names.accountsOf(names.tenant(tenant)).get(0), RedisNames.ascii("+"));
        return sum == null ? 0 : sum;
    }

    /** Returns the weight of what there is. */
    private long real(String account) {
        String base = "steadymail:{" + new String(names.of(account).hash(), StandardCharsets.US_ASCII) + "}:";
        long sum = 0;
        List<byte[]> keys = new ArrayList<>(commands.keys(base + "e*"));
        for (byte[] key : keys) {
            sum += commands.strlen(key) + OVERHEAD;
        }
        for (byte[] key : commands.keys(base + "c*")) {
            for (byte[] part : commands.hvals(key)) {
                sum += part.length + OVERHEAD;
            }
        }
        return sum;
    }
}
