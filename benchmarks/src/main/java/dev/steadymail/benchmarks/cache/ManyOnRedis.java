package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.codec.EmailCodec;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What do 100 emails' metadata cost that are on Redis, opened, in one look, beside as many bare GETs by Lettuce one after another? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ManyOnRedis {
    private static final int MANY = 100;

    private final RedisRig rig = new RedisRig();
    private final RedisCommands<byte[], byte[]> bare = rig.bare();
    private final List<byte[]> keys = new ArrayList<>();
    private Wanted emails = new Wanted(List.of(), List.of());
    private Wanted states = emails;

    /** Made for JMH. */
    public ManyOnRedis() {}

    /** Keeps the same octets for each. */
    @Setup(Level.Trial)
    public void fill() throws InterruptedException {
        GeneratedMailbox mailbox = new GeneratedMailbox(1);
        Map<LastingName, byte[]> lasting = new HashMap<>();
        Map<SharedName, byte[]> changing = new HashMap<>();
        for (int number = 0; number < MANY; number++) {
            Email email = mailbox.email(number, FetchLevel.METADATA);
            byte[] octets = EmailCodec.encode(email, FetchLevel.METADATA);
            byte[] key = ("bare:" + email.id().value()).getBytes(StandardCharsets.US_ASCII);
            keys.add(key);
            var unused = bare.set(key, octets);
            lasting.put(new LastingName(email.id().value(), ""), octets);
            changing.put(
                    SharedName.state(email.id().value()), EmailCodec.encodeState(email.mailboxIds(), email.keywords()));
        }
        rig.keep(changing, lasting);
        emails = Wanted.lasting(lasting.keySet());
        states = new Wanted(List.copyOf(changing.keySet()), emails.lasting());
    }

    @TearDown(Level.Trial)
    public void close() {
        rig.close();
    }

    @Benchmark
    public Object lettuce() {
        List<byte[]> values = new ArrayList<>(MANY);
        for (byte[] key : keys) {
            values.add(bare.get(key));
        }
        return values;
    }

    @Benchmark
    public Object metadata() {
        return whole(emails);
    }

    @Benchmark
    public Object withStates() {
        return whole(states);
    }

    private Found whole(Wanted wanted) {
        Found found = rig.find(wanted);
        if (!RedisRig.isWhole(found, wanted)) {
            throw new IllegalStateException("not everything was a hit");
        }
        return found;
    }
}
